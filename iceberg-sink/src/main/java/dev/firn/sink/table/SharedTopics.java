package dev.firn.sink.table;

import java.util.Set;
import org.apache.iceberg.Table;

/** Topics whose records go to several tables. Each table says so in its properties, for whoever compares it with its topics. */
public final class SharedTopics {
    /** Names, with commas between them. */
    public static final String PROPERTY = "firn.shared-topics";

    private SharedTopics() {}

    /** Those that the table takes a part of. */
    public static Set<String> of(Table table) {
        String topics = table.properties().getOrDefault(PROPERTY, "");
        return topics.isEmpty() ? Set.of() : Set.of(topics.split(",", -1));
    }
}
