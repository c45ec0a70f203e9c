package dev.firn.sink.reconcile;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report as a table, a line per fault, and a summary. */
public final class ReportText {
    private static final List<String> HEADER = List.of(
            "table",
            "source",
            "ledger end",
            "held",
            "quarantined",
            "missing",
            "doubled",
            "beyond",
            "unknown",
            "skipped",
            "lag");
    private static final int NAMES = 2;

    private ReportText() {}

    /** Prints the report, line by line. */
    public static void print(Report report, PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        report.sources().forEach(source -> lines.add(cells(source)));
        int[] widths = IntStream.range(0, HEADER.size())
                .map(i -> lines.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        lines.forEach(line -> out.println(aligned(line, widths)));
        report.withoutLedger().forEach(table -> out.println(table + ": has no ledger, not checked"));
        report.faults().forEach(fault -> out.println("FAULT " + fault));
        out.println(report.summary());
        out.flush();
    }

    private static List<String> cells(SourceReport source) {
        List<String> cells =
                new ArrayList<>(List.of(source.table(), source.source().toString()));
        IntStream.range(0, HEADER.size() - NAMES)
                .mapToObj(i -> String.format(Locale.ROOT, "%,d", number(source, i)))
                .forEach(cells::add);
        return cells;
    }

    private static long number(SourceReport source, int column) {
        return switch (column) {
            case 0 -> source.end();
            case 1 -> source.held();
            case 2 -> source.quarantined();
            case 3 -> source.missing();
            case 4 -> source.doubled();
            case 5 -> source.beyond();
            case 6 -> source.unknown();
            case 7 -> source.skipped();
            default -> source.lag();
        };
    }

    private static String aligned(List<String> line, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> (i < NAMES ? "%-" + widths[i] + "s" : "%" + widths[i] + "s").formatted(line.get(i)))
                .collect(Collectors.joining("  "));
    }
}
