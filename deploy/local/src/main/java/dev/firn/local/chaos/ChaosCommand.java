package dev.firn.local.chaos;

import dev.firn.local.Main;
import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.supervise.Role;
import dev.firn.local.up.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn chaos}. */
@Command(
        name = "chaos",
        description = {
            "Runs everything, kills, freezes and disturbs it while it produces, and proves that nothing is lost or doubled.",
            "Exit code 0 only then. It uses the folder chaos in the data directory, which it clears first and leaves for you to look at."
        })
public final class ChaosCommand implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Span.class,
            description = "How long faults come (60s, 5m, 2h; default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofMinutes(10);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Events and faults follow from it (default: another one each time).")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Events per second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(
            names = "--kill",
            paramLabel = "PROCESS",
            split = ",",
            converter = VictimName.class,
            description = "Kill these, again and again, and do nothing else.")
    private List<Role> kill = List.of();

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (main == null || spec == null) {
            throw new IllegalStateException("not a subcommand");
        }
        if (rate < 1) {
            throw new ParameterException(spec.commandLine(), "--rate must be at least 1");
        }
        long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        return new Chaos(below(main.place()), new ChaosOptions(drawn, time, rate, kill), Display.ofStandardOutput())
                .run();
    }

    private static Place below(Place place) {
        return new Place(place.root(), place.dataDir().resolve("chaos"), place.ports());
    }
}
