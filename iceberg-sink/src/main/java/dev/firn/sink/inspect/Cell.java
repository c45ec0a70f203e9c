package dev.firn.sink.inspect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Values as text, of bounded length. */
final class Cell {
    private static final int LONGEST = 2_000;
    private static final int MOST_BYTES = 64;

    private Cell() {}

    static List<@Nullable String> row(Record record) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            row.add(text(record.get(i)));
        }
        return row;
    }

    static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = plain(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    private static String plain(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return hex(bytes);
        }
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        }
        if (value instanceof Record record) {
            return record.struct().fields().stream()
                    .map(field -> field.name() + ": " + text(record.getField(field.name())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Cell::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    private static String hex(byte[] bytes) {
        return bytes.length <= MOST_BYTES
                ? HexFormat.of().formatHex(bytes)
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, MOST_BYTES)) + " … (" + bytes.length + " bytes)";
    }
}
