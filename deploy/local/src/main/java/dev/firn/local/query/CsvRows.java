package dev.firn.local.query;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header and line feeds; nothing stands for null, and {@code ""} for the empty text. */
final class CsvRows implements Rows {
    private final PrintWriter out;

    CsvRows(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) {
        row(columns.stream().map(Column::name).toList());
    }

    @Override
    public void row(List<@Nullable String> values) {
        out.print(values.stream().map(CsvRows::cell).collect(Collectors.joining(",")));
        out.print('\n');
    }

    @Override
    public void end() {
        out.flush();
    }

    private static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
