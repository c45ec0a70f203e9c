package dev.firn.local.query;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Columns under each other, numbers to the right. The widths follow the first rows, so that a long answer
 * is not held in memory; a long value is cut.
 */
final class AlignedRows implements Rows {
    private static final int LOOK_AT = 1000;

    private final PrintWriter out;
    private final int widestValue;
    private final List<List<String>> waiting = new ArrayList<>();
    private List<Column> columns = List.of();
    private long count;
    private int @Nullable [] widths;

    AlignedRows(PrintWriter out, int widestValue) {
        this.out = out;
        this.widestValue = widestValue;
    }

    @Override
    public void begin(List<Column> resultColumns) {
        columns = resultColumns;
    }

    @Override
    public void row(List<@Nullable String> values) {
        count++;
        List<String> cells = values.stream().map(this::cell).toList();
        if (count <= LOOK_AT) {
            waiting.add(cells);
        } else {
            print(cells, settled());
        }
    }

    @Override
    public void end() {
        settled();
        out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
        out.flush();
    }

    /** The widths; the first time, prints all that waited for them. */
    private int[] settled() {
        if (widths != null) {
            return widths;
        }
        List<String> names = columns.stream().map(Column::name).toList();
        int[] settled = IntStream.range(0, names.size())
                .map(i -> Math.max(names.get(i).length(), widest(i)))
                .toArray();
        widths = settled;
        print(names, settled);
        print(IntStream.of(settled).mapToObj("-"::repeat).toList(), settled);
        waiting.forEach(cells -> print(cells, settled));
        waiting.clear();
        return settled;
    }

    private int widest(int column) {
        return waiting.stream()
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElse(0);
    }

    private void print(List<String> cells, int[] to) {
        out.println(IntStream.range(0, cells.size())
                .mapToObj(i -> padded(cells.get(i), to[i], columns.get(i).kind() == Column.Kind.NUMBER))
                .collect(Collectors.joining("  "))
                .stripTrailing());
    }

    private static String padded(String cell, int width, boolean right) {
        String space = " ".repeat(Math.max(0, width - cell.length()));
        return right ? space + cell : cell + space;
    }

    private String cell(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String line = value.replaceAll("\\R", " ");
        return line.length() <= widestValue ? line : line.substring(0, widestValue - 1) + "…";
    }
}
