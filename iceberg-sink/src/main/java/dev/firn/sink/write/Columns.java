package dev.firn.sink.write;

import dev.firn.sink.decode.JsonText;
import dev.firn.sink.parquet.ColumnChunk;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The columns of one file, and scratch space. For one thread. */
final class Columns {
    /** A decimal of 38 digits, or a UUID. */
    private static final int FIXED_SCRATCH = 16;

    private static final int MAX_CONSTANTS = 1000;

    private final ColumnChunk[] chunks;
    private final JsonText json = new JsonText();
    private final byte[] scratch = new byte[FIXED_SCRATCH];
    private final Map<String, byte[]> constants = new HashMap<>();

    Columns(ColumnChunk[] chunks) {
        this.chunks = chunks;
    }

    ColumnChunk at(int column) {
        return chunks[column];
    }

    void nulls(int[] columns, int repetition, int definition) {
        for (int column : columns) {
            chunks[column].writeNull(repetition, definition);
        }
    }

    /** For text that is the same for many rows. */
    byte[] constant(String text) {
        byte[] known = constants.get(text);
        if (known != null) {
            return known;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (constants.size() < MAX_CONSTANTS) {
            constants.put(text, bytes);
        }
        return bytes;
    }

    JsonText json() {
        return json;
    }

    byte[] scratch() {
        return scratch;
    }
}
