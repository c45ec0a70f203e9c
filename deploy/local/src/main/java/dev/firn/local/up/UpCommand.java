package dev.firn.local.up;

import dev.firn.local.Main;
import dev.firn.local.display.Display;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Starts everything, and shows what it does until it is told to end. */
@Command(
        name = "up",
        description = {
            "Starts Kafka, a schema registry, S3, a catalog and the three services, and shows what they do.",
            "Ctrl-C stops all of it; the next up goes on with the same data."
        },
        footer = {
            "",
            "More JVM options for a process: FIRN_INFRA_JAVA_OPTS, FIRN_GENERATOR_JAVA_OPTS,",
            "FIRN_PROCESSOR_JAVA_OPTS, FIRN_SINK_JAVA_OPTS."
        })
public final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Produce for this long (60s, 5m, 2h), then end when everything is committed.")
    private @Nullable Duration time;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Produce this many events, then end when everything is committed.")
    private @Nullable Long events;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Events per second; 0: as many as possible (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(names = "--seed", paramLabel = "N", description = "Everything that happens follows from it (default: 7).")
    private @Nullable Long seed;

    @Option(
            names = "--late",
            paramLabel = "SHARE",
            converter = Share.Converter.class,
            description = "Share of events that come too late for their window.")
    private @Nullable Share late;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            converter = Share.Converter.class,
            description = "Share of events that are sent twice.")
    private @Nullable Share duplicates;

    @Option(
            names = "--broken",
            paramLabel = "SHARE",
            converter = Share.Converter.class,
            description = "Share of events that end in quarantine: half break a rule, half can't be decoded.")
    private @Nullable Share broken;

    @Option(names = "--fresh", description = "Delete what the data directory holds, first.")
    private boolean fresh;

    @Option(
            names = "--verify",
            description =
                    "At the end, compare every table and quarantine with what was produced (with --for or --events).")
    private boolean verify;

    @Option(
            names = "--only",
            paramLabel = "PROCESS",
            description = "Start just one: ${COMPLETION-CANDIDATES}.",
            converter = RoleName.class,
            completionCandidates = RoleLabels.class)
    private @Nullable Role only;

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check(rate >= 0, "--rate is negative: 0 means as many as possible");
        check(events == null || events > 0, "--events must be at least 1");
        check(!verify || time != null || events != null, "--verify needs an end: add --for or --events");
        check(
                only == null || !(fresh || verify || time != null),
                "--only starts one process: leave out --fresh, --verify and --for");
        if (main == null) {
            throw new IllegalStateException("not a subcommand");
        }
        var up = new Up(main.place(), options(), Display.ofStandardOutput());
        return only == null ? up.everything() : up.one(only);
    }

    private UpOptions options() {
        return new UpOptions(settings(), rate, Optional.ofNullable(events), Optional.ofNullable(time), fresh, verify);
    }

    private Settings settings() {
        var values = new TreeMap<String, String>();
        putGiven(values, "--seed", seed);
        putGiven(values, "--late", late);
        putGiven(values, "--duplicates", duplicates);
        putGiven(values, "--broken", broken);
        return new Settings(values);
    }

    private static void putGiven(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }

    private void check(boolean right, String otherwise) {
        if (!right && spec != null) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
