package dev.firn.local.quarantine;

import static java.util.Objects.requireNonNull;

import dev.firn.local.query.Format;
import dev.firn.local.query.Warehouse;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn quarantine list}. */
@Command(
        name = "list",
        description = "Counts by topic, target and reason, and the newest records. "
                + "What was replayed stays: the table is only appended to.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable QuarantineCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Selection selection = new Selection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many single records (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TABLE", description = "table, csv or json.")
    private Format format = Format.TABLE;

    @Override
    public Integer call() {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try (Warehouse warehouse = Warehouse.open(requireNonNull(parent).place().dataDir())) {
            QuarantineTable table = new QuarantineTable(warehouse);
            table.printCounts(selection, format, out);
            if (limit > 0) {
                out.println();
                table.printNewest(selection, limit, format, out);
            }
        }
        return 0;
    }
}
