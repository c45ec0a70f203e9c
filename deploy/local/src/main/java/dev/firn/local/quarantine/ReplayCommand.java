package dev.firn.local.quarantine;

import static java.util.Objects.requireNonNull;

import dev.firn.local.query.Kafka;
import dev.firn.local.query.Warehouse;
import dev.firn.sink.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn quarantine replay}. */
@Command(
        name = "replay",
        description = "Sends records back to whoever rejected them, each once for ever, however often it is asked. "
                + "One that fails again is in quarantine again, and says where it came from.")
final class ReplayCommand implements Callable<Integer> {
    private static final int BATCH = 500;

    @ParentCommand
    private @Nullable QuarantineCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Selection selection = new Selection();

    @Override
    public Integer call() throws IOException {
        Path dataDir = requireNonNull(parent).place().dataDir();
        print(replay(dataDir, selection), requireNonNull(spec).commandLine().getOut());
        return 0;
    }

    private static Replayer.Outcome replay(Path dataDir, Selection selection) throws IOException {
        try (Warehouse warehouse = Warehouse.open(dataDir);
                Kafka kafka = Kafka.of(dataDir);
                Replayer replayer = Replayer.open(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        warehouse::isUpsert,
                        BATCH,
                        Clock.systemUTC())) {
            new QuarantineTable(warehouse).each(selection, replayer::replay);
            return replayer.finish();
        }
    }

    private static void print(Replayer.Outcome outcome, PrintWriter out) {
        outcome.sent().forEach((topic, count) -> out.println("replayed " + count + " to " + topic));
        outcome.refused().forEach((why, count) -> out.println("left out " + count + ": " + why.text()));
        out.println("replayed in all "
                + outcome.sent().values().stream().mapToLong(Long::longValue).sum() + ", replayed before "
                + outcome.before());
    }
}
