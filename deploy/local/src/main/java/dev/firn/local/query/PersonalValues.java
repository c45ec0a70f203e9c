package dev.firn.local.query;

import java.util.Set;

/** Personal values that the generator has made, and that must be hidden.
 *
 * @param texts that are personal as a text of their own, such as names: a cell, an element, a value within JSON
 * @param words that are personal wherever they stand, such as addresses of mail
 */
record PersonalValues(Set<String> texts, Set<String> words) {
    /** What words are made of, beside letters and digits. */
    private static final String WITHIN_WORDS = "@.+-_:";

    PersonalValues {
        texts = Set.copyOf(texts);
        words = Set.copyOf(words);
    }

    /** Whether one is in the JSON, or in JSON that is a text there. */
    boolean areIn(String json) {
        int begin = 0;
        for (int end = json.indexOf('"'); end >= 0; end = json.indexOf('"', begin)) {
            if (isText(json, begin, end)) {
                return true;
            }
            begin = end + 1;
        }
        return isText(json, begin, json.length());
    }

    /** A quote within a text stands behind a backslash, which is not the text's. */
    private boolean isText(String json, int begin, int end) {
        int last = end;
        while (last > begin && json.charAt(last - 1) == '\\') {
            last--;
        }
        return texts.contains(json.substring(begin, last)) || hasWord(json, begin, last);
    }

    private boolean hasWord(String json, int begin, int end) {
        int from = begin;
        for (int i = begin; i <= end; i++) {
            if (i == end || !isOfWord(json.charAt(i))) {
                if (i > from && isWord(json, from, i)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    private boolean isWord(String json, int begin, int end) {
        int last = end;
        // the sentence's
        while (last > begin && (json.charAt(last - 1) == '.' || json.charAt(last - 1) == ':')) {
            last--;
        }
        return words.contains(json.substring(begin, last));
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || WITHIN_WORDS.indexOf(c) >= 0;
    }
}
