package dev.firn.local.maintain;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.local.display.Amounts;
import dev.firn.local.status.Erased;
import dev.firn.local.status.Services;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                        + "that runs does it. Topics and the quarantine table are not searched.")
public final class EraseCommand implements Callable<Integer> {
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
        List<Erased> found = new Services(requireNonNull(main).place().ports()).erase(key, dryRun);
        if (found.isEmpty()) {
            out.println("no table has " + String.join(", ", key.keySet()));
        }
        found.forEach(table -> out.println(text(table)));
        return 0;
    }

    private String text(Erased table) {
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
