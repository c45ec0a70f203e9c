package dev.firn.local.query;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn query "<sql>"}. */
@Command(
        name = "query",
        description = "Answers a SELECT (in DuckDB's SQL) over what the tables hold now; times are UTC. "
                + "DESCRIBE, SUMMARIZE and SHOW ALL TABLES work, too. Nothing can be changed.")
public final class QueryCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SQL", description = "For example: SELECT count(*) FROM bronze.activity")
    private String sql = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table, csv or json (default: table; a table cuts values after 60 characters).")
    private Format format = Format.TABLE;

    @Override
    public Integer call() {
        try (Warehouse warehouse = Warehouse.open(requireNonNull(main).place().dataDir())) {
            Query.run(
                    warehouse, sql, format.to(requireNonNull(spec).commandLine().getOut()));
        }
        return 0;
    }
}
