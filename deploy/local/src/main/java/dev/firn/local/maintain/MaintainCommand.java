package dev.firn.local.maintain;

import static java.util.Objects.requireNonNull;

import dev.firn.local.CommandException;
import dev.firn.local.Main;
import dev.firn.local.display.Amounts;
import dev.firn.local.status.Maintenance;
import dev.firn.local.status.Services;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn maintain}. */
@Command(
        name = "maintain",
        description =
                "Packs or clusters a table's files, drops rows past their age and expires snapshots now, however little there is to do; "
                        + "the sink that runs does it.")
public final class MaintainCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "With its namespace: bronze.activity.")
    private String table = "";

    @Option(names = "--dry-run", description = "Only say what there is to do.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Services services = new Services(requireNonNull(main).place().ports());
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        Optional<Maintenance> before = services.maintenance(table);
        Maintenance.Debt debt = services.maintain(table, dryRun);
        out.println(text(debt));
        if (!dryRun) {
            Maintenance after = finished(services, before.flatMap(it -> Optional.ofNullable(it.at())));
            out.println(text(before.map(Maintenance::done).orElse(Maintenance.Done.NOTHING), after.done()));
            if (after.state().equals("ELSEWHERE")) {
                throw new CommandException("another instance of the sink is at it, and was not asked for all of it");
            }
            if (after.why() != null) {
                throw new CommandException("not all of it was done: " + after.why());
            }
        }
        return 0;
    }

    private static String text(Maintenance.Debt debt) {
        return "to do: expire %s of %s snapshots, pack %s files (%s) into %s, cluster %s files (%s), drop %s rows past their age"
                .formatted(
                        Amounts.count(debt.expirable()),
                        Amounts.count(debt.snapshots()),
                        Amounts.count(debt.smallFiles()),
                        Amounts.bytes(debt.packedBytes()),
                        Amounts.count(debt.packedFiles()),
                        Amounts.count(debt.unclusteredFiles()),
                        Amounts.bytes(debt.unclusteredBytes()),
                        Amounts.count(debt.oldRows()));
    }

    private static String text(Maintenance.Done before, Maintenance.Done after) {
        return "done: %s snapshots expired, %s files deleted, %s files packed into %s, %s of them clustered, %s rows dropped"
                .formatted(
                        Amounts.count(after.snapshotsExpired() - before.snapshotsExpired()),
                        Amounts.count(after.filesDeleted() - before.filesDeleted()),
                        Amounts.count(after.filesRead() - before.filesRead()),
                        Amounts.count(after.filesWritten() - before.filesWritten()),
                        Amounts.count(after.filesClustered() - before.filesClustered()),
                        Amounts.count(after.rowsDropped() - before.rowsDropped()));
    }

    private Maintenance finished(Services services, Optional<String> before) throws InterruptedException {
        Instant until = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(until)) {
            Optional<Maintenance> now = services.maintenance(table)
                    .filter(it -> !"WORKING".equals(it.state()))
                    .filter(it -> !Optional.ofNullable(it.at()).equals(before));
            if (now.isPresent()) {
                return now.get();
            }
            Thread.sleep(BETWEEN.toMillis());
        }
        throw new CommandException(
                "the sink is still at it; GET /maintenance/" + table + " of the sink says how it goes");
    }
}
