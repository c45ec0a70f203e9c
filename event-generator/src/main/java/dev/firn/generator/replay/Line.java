package dev.firn.generator.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file has for one record. */
sealed interface Line {
    /** Where it begins, from 1 on: the line of a text, the row of a Parquet file. */
    long number();

    /**
     * A row.
     *
     * @param values by name: texts, numbers, booleans, times, bytes, and maps and lists of them; what is not there has no
     *     value
     */
    record Row(long number, Map<String, @Nullable Object> values) implements Line {}

    /** Something that is no row. The problem holds no value of the file. */
    record Bad(long number, String problem) implements Line {}
}
