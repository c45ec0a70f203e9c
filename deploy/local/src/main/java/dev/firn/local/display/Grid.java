package dev.firn.local.display;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a heading, in columns: the first to the left, the others, which are numbers, to the right. */
public final class Grid {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Grid(String... heading) {
        rows.add(List.of(heading));
    }

    /** As many cells as the heading has. */
    public Grid row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public List<String> lines() {
        var widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    var gap = " ".repeat(widths[column] - row.get(column).length());
                    return column == 0 ? row.get(column) + gap : gap + row.get(column);
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
