package dev.firn.sink.write;

import dev.firn.sink.decode.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** The open columns of one file, and scratch space. For one thread. */
final class Columns {
    /** A decimal of 38 digits, or a UUID. */
    private static final int FIXED_SCRATCH = 16;

    private final ColumnDescriptor[] descriptors;
    private final FractionMetrics metrics;
    private final JsonText json = new JsonText();
    private final byte[] scratch = new byte[FIXED_SCRATCH];
    private ColumnWriter[] writers = {};
    private String lastText = "";
    private Binary lastConstant = Binary.EMPTY;

    Columns(List<ColumnDescriptor> descriptors) {
        this.descriptors = descriptors.toArray(ColumnDescriptor[]::new);
        this.metrics = new FractionMetrics(descriptors);
    }

    /** A new row group. */
    void open(ColumnWriteStore store) {
        ColumnWriter[] opened = new ColumnWriter[descriptors.length];
        for (int i = 0; i < opened.length; i++) {
            opened[i] = store.getColumnWriter(descriptors[i]);
        }
        writers = opened;
    }

    ColumnWriter at(int column) {
        return writers[column];
    }

    void nulls(int[] columns, int repetition, int definition) {
        for (int column : columns) {
            writers[column].writeNull(repetition, definition);
        }
    }

    void bytes(int column, byte[] bytes, int from, int length, int repetition, int definition) {
        writers[column].write(Binary.fromReusedByteArray(bytes, from, length), repetition, definition);
    }

    void fraction(int column, float value, int repetition, int definition) {
        metrics.add(column, value);
        writers[column].write(value, repetition, definition);
    }

    void fraction(int column, double value, int repetition, int definition) {
        metrics.add(column, value);
        writers[column].write(value, repetition, definition);
    }

    /** For text that is the same for many rows. */
    Binary constant(String text) {
        if (!text.equals(lastText)) {
            lastText = text;
            lastConstant = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
        }
        return lastConstant;
    }

    FractionMetrics metrics() {
        return metrics;
    }

    JsonText json() {
        return json;
    }

    byte[] scratch() {
        return scratch;
    }
}
