package dev.firn.local.query;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn tables}. */
@Command(
        name = "tables",
        description = "Lists the tables: rows, data files, bytes, snapshots, time of the last one, "
                + "and per source partition the offset up to which the table holds everything.")
public final class TablesCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table, csv or json (default: table).")
    private Format format = Format.TABLE;

    @Override
    public Integer call() {
        try (Warehouse warehouse = Warehouse.open(requireNonNull(main).place().dataDir())) {
            Rows rows = format.whole(requireNonNull(spec).commandLine().getOut());
            rows.begin(TableStats.COLUMNS);
            for (TableIdentifier table : warehouse.tables()) {
                rows.row(TableStats.of(table, warehouse.load(table)));
            }
            rows.end();
        }
        return 0;
    }
}
