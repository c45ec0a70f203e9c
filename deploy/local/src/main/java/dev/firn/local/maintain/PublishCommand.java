package dev.firn.local.maintain;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.local.display.Amounts;
import dev.firn.local.status.Publication;
import dev.firn.local.status.Services;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn publish}. */
@Command(
        name = "publish",
        description =
                "Shows to readers of a table what was committed to its branch (firn.branch); the sink that runs does"
                        + " it.")
public final class PublishCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "With its namespace: gold.sales_by_minute.")
    private String table = "";

    @Option(
            names = "--snapshot",
            paramLabel = "ID",
            description =
                    "Up to this snapshot of the branch, as --dry-run has shown it; without it all that there are.")
    private @Nullable Long snapshot;

    @Option(names = "--dry-run", description = "Only say what readers would see.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Services services = new Services(requireNonNull(main).place().ports());
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        tell(out, services.publish(table, Optional.ofNullable(snapshot), dryRun));
        return 0;
    }

    private void tell(PrintWriter out, Publication publication) {
        if (publication.snapshot() == null) {
            out.println("nothing to publish: main has all that the branch " + publication.branch() + " has");
            return;
        }
        for (Publication.Each each : publication.snapshots()) {
            out.println("  %s  %s  %s: %s rows in %s files, %s rows deleted"
                    .formatted(
                            each.id(),
                            each.at(),
                            each.operation(),
                            Amounts.count(each.addedRows()),
                            Amounts.count(each.addedFiles()),
                            Amounts.count(each.addedDeletes())));
        }
        publication.offsets().forEach((source, span) -> out.println("  " + source + " offsets " + span));
        out.println("%s: snapshot %s of the branch %s, %s snapshots; readers see %s rows, %s before"
                .formatted(
                        dryRun ? "to publish" : "published",
                        publication.snapshot(),
                        publication.branch(),
                        Amounts.count(publication.snapshotCount()),
                        Amounts.count(publication.rowsAfter()),
                        Amounts.count(publication.rowsBefore())));
    }
}
