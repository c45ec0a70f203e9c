package dev.firn.processor;

import dev.firn.processor.pack.Decimals;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** Rows as people would write them: the fields' values, with blanks between; amounts with two digits behind the point. */
public final class RowText {
    private RowText() {}

    public static String of(GenericRecord row) {
        return row.getSchema().getFields().stream()
                .map(field -> text(row.get(field.pos())))
                .collect(Collectors.joining(" "));
    }

    /** Some of the fields, in that order. */
    public static String of(GenericRecord row, String... fields) {
        return Arrays.stream(fields).map(field -> text(row.get(field))).collect(Collectors.joining(" "));
    }

    private static String text(Object value) {
        return value instanceof ByteBuffer ? Decimals.of(value, 2).toPlainString() : String.valueOf(value);
    }
}
