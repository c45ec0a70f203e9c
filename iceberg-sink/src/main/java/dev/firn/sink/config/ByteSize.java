package dev.firn.sink.config;

import dev.firn.config.ConfigurationException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 64MB}, {@code 1 GiB}, {@code 4096}. Units are powers of 1024. */
final class ByteSize {
    private static final Pattern TEXT = Pattern.compile("(\\d+)\\s*([KMGT]?)I?B?");

    private ByteSize() {}

    /** Reads a size.
     *
     * @param key for the message
     */
    static long parse(String key, String text) {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches() || matcher.group(1).length() > 12) {
            throw new ConfigurationException(key + " must be a size like 64MB, not '" + text + "'");
        }
        int thousands = matcher.group(2).isEmpty() ? 0 : 1 + "KMGT".indexOf(matcher.group(2));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * thousands));
    }
}
