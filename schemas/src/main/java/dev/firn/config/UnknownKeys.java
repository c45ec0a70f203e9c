package dev.firn.config;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses configuration that nothing would read. */
public final class UnknownKeys {
    private static final Pattern VARIABLE = Pattern.compile("FIRN_[A-Z0-9_]+");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private UnknownKeys() {}

    /**
     * Refuses every key of Firn's own that is not known. Keys of others, not below {@code firn.}, are not looked at.
     *
     * @param present keys as their sources write them: {@code firn.sink.topics[0]}, {@code firn.sink.commitInterval} or
     *     the environment variable {@code FIRN_SINK_COMMIT_INTERVAL}
     * @param known keys, or prefixes that end in a dot: {@code firn.kafka.properties.}
     * @throws ConfigurationException names all unknown keys, and what was probably meant
     */
    public static void check(Set<String> present, Set<String> known) {
        String unknown = present.stream()
                .filter(UnknownKeys::isOurs)
                .filter(key -> !isKnown(key, known))
                .sorted()
                .map(key -> "unknown configuration key " + key + Closest.hint(key, spelledLike(key, known)))
                .collect(joining("\n"));
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(unknown);
        }
    }

    private static boolean isOurs(String key) {
        return key.startsWith("firn.") || isVariable(key);
    }

    private static boolean isVariable(String key) {
        return VARIABLE.matcher(key).matches();
    }

    private static boolean isKnown(String key, Set<String> known) {
        String plain = isVariable(key) ? key : plain(key);
        return spelledLike(key, known).stream()
                .anyMatch(k -> plain.equals(k) || ((k.endsWith(".") || k.endsWith("_")) && plain.startsWith(k)));
    }

    private static String plain(String key) {
        String withoutIndex = INDEX.matcher(key).replaceAll("");
        return HUMP.matcher(withoutIndex).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Set<String> spelledLike(String key, Set<String> known) {
        return isVariable(key) ? known.stream().map(UnknownKeys::variable).collect(toUnmodifiableSet()) : known;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
