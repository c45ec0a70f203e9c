package dev.firn.local.status;

import static java.util.Objects.requireNonNull;

import dev.firn.local.Main;
import dev.firn.local.display.Display;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn status}: what the dashboard shows first, in a terminal. */
@Command(
        name = "status",
        description = "How services and tables are, and what needs somebody. "
                + "The exit code is 0 when nothing does, else 1.")
public final class StatusCommand implements Callable<Integer> {
    private static final Duration BEAT = Duration.ofSeconds(1);

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        var ports = requireNonNull(main).place().ports();
        var services = new Services(ports);
        var view = new StatusView(ports, Clock.systemUTC());
        var before = services.observe();
        Thread.sleep(BEAT.toMillis());
        var now = services.observe();
        if (watch) {
            follow(services, view, before, now);
        }
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        view.lines(before, now).forEach(out::println);
        out.flush();
        return view.isWell(now) ? 0 : 1;
    }

    private static void follow(Services services, StatusView view, Observation before, Observation now)
            throws InterruptedException {
        var display = Display.ofStandardOutput();
        while (true) {
            display.now(view.lines(before, now));
            Thread.sleep(2 * BEAT.toMillis());
            before = now;
            now = services.observe();
        }
    }
}
