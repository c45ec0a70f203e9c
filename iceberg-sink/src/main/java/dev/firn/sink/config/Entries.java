package dev.firn.sink.config;

import dev.firn.launch.Passthrough;
import io.micronaut.context.env.Environment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said of single topics, or of single tables: texts by the names of those, by the key below {@code firn.sink.}. */
record Entries(Map<String, Map<String, String>> byKey) {
    /** Of topics. */
    static final String TABLES = "tables";
    /** Fields that identify a row, with commas between them. */
    static final String KEYS = "keys";
    /** Of values. */
    static final String FORMATS = "formats";
    /** Of keys. */
    static final String KEY_FORMATS = "key-formats";
    /** {@code field->value=table,*=table}. */
    static final String SHARES = "shares";
    /** Of tables: transforms, with commas between them. */
    static final String PARTITION_BY = "partition-by";
    /** Of tables that are made: the branch that is committed to. */
    static final String BRANCHES = "branches";

    static final List<String> ALL = List.of(TABLES, KEYS, FORMATS, KEY_FORMATS, SHARES, PARTITION_BY, BRANCHES);

    static Entries of(Environment environment) {
        return new Entries(ALL.stream()
                .collect(
                        Collectors.toMap(key -> key, key -> Passthrough.below("firn.sink." + key + ".", environment))));
    }

    Map<String, String> of(String key) {
        return byKey.getOrDefault(key, Map.of());
    }
}
