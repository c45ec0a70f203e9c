package dev.firn.local.maintain;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.local.display.Amounts;
import dev.firn.local.status.Erasure;
import dev.firn.local.status.Services;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn erase}. */
@Command(
        name = "erase",
        description =
                "Erases all rows of a key from every table that has its columns, and from every snapshot; the sink "
                        + "that runs does it, and goes on if this command ends. Topics and the quarantine table are not searched.")
public final class EraseCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "COLUMN=VALUE",
            arity = "1..*",
            description = "As in customer_id=C-17. All of them have to agree.")
    private Map<String, String> key = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Only say what there is.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        Services services = new Services(requireNonNull(main).place().ports());
        Erasure erasure = services.erase(key, dryRun);
        Set<String> told = new HashSet<>();
        tell(out, erasure, told);
        while (erasure.isRunning()) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            erasure = services.erasure(erasure.id());
            tell(out, erasure, told);
        }
        return conclude(out, erasure);
    }

    /** What is new of it. */
    private void tell(PrintWriter out, Erasure erasure, Set<String> told) {
        erasure.tables().stream()
                .filter(Erasure.Table::hasEnded)
                .filter(table -> told.add(table.table()))
                .forEach(table -> out.println(
                        "%d/%d  %s".formatted(told.size(), erasure.tables().size(), text(table))));
        out.flush();
    }

    private int conclude(PrintWriter out, Erasure erasure) {
        if (erasure.tables().isEmpty()) {
            out.println("no table has " + String.join(", ", key.keySet()));
        }
        if (erasure.hasFailed()) {
            out.println("not all was done: run it again, what was erased is not found again");
            return 1;
        }
        return 0;
    }

    private String text(Erasure.Table table) {
        if (table.failure() != null) {
            return "%s: failed, %s".formatted(table.table(), table.failure());
        }
        String what = "%s: %s rows %s, in %s files; %s snapshots %s"
                .formatted(
                        table.table(),
                        Amounts.count(table.rows()),
                        dryRun ? "to erase" : "erased",
                        Amounts.count(table.files()),
                        Amounts.count(table.snapshots()),
                        dryRun ? "hold them" : "held them");
        return table.kept().isEmpty()
                ? what
                : what + "; still there by branch or tag: " + String.join(", ", table.kept());
    }
}
