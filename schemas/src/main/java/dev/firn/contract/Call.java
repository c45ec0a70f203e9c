package dev.firn.contract;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form that rules and transforms are written in: {@code name} or {@code name(arguments)}.
 *
 * @param inside what stands between the parentheses, empty if there are none
 */
record Call(String name, String inside) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z_][\\w.-]*)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);

    /** @throws IllegalArgumentException if it is not of that form */
    static Call of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("it is neither 'name' nor 'name(arguments)'");
        }
        return new Call(
                form.group(1), form.group(2) == null ? "" : form.group(2).strip());
    }

    /** The arguments between commas.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    List<String> arguments(int count) {
        List<String> found = arguments();
        if (found.size() != count || found.contains("")) {
            throw new IllegalArgumentException("it takes " + count + (count == 1 ? " argument" : " arguments"));
        }
        return found;
    }

    List<String> arguments() {
        return inside.isEmpty()
                ? List.of()
                : Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
    }
}
