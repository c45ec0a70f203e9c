package dev.firn.sink.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has answered.
 *
 * @param id what the engine calls the question
 * @param rows as text, null where the value is
 * @param more whether there are more rows than these
 */
public record SqlAnswer(String id, List<Column> columns, List<List<@Nullable String>> rows, boolean more, long millis) {

    /** What a column is called.
     *
     * @param type as the engine names it
     */
    public record Column(String name, String type, boolean numeric) {}
}
