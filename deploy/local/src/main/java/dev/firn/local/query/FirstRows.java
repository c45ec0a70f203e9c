package dev.firn.local.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the first rows of an answer, and gives up where they are too large. */
final class FirstRows implements Rows {
    private static final int MOST_TEXT = 2_000_000;

    private final int most;
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private List<Column> columns = List.of();
    private int text;

    FirstRows(int most) {
        this.most = most;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<@Nullable String>> rows() {
        return rows;
    }

    @Override
    public void begin(List<Column> resultColumns) {
        columns = resultColumns;
    }

    @Override
    public void row(List<@Nullable String> values) {
        rows.add(values);
        text += values.stream()
                .mapToInt(value -> value == null ? 1 : value.length())
                .sum();
        if (text > MOST_TEXT) {
            throw new QueryException("the rows are too large to be shown: ask for fewer columns");
        }
    }

    @Override
    public long most() {
        return most;
    }

    @Override
    public void end() {}
}
