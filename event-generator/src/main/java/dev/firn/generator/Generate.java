package dev.firn.generator;

import dev.firn.generator.disturb.Shares;
import dev.firn.generator.encode.RecordEncoder;
import dev.firn.generator.publish.Controls;
import dev.firn.generator.publish.Publisher;
import dev.firn.generator.publish.Shape;
import dev.firn.generator.publish.Topics;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Mix;
import dev.firn.generator.truth.Truth;
import dev.firn.generator.truth.TruthJson;
import dev.firn.registry.RegistryConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that sends so many events, tells what it took, and ends. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Sends events and ends, without a server around it. Prints events per second and CPU seconds.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Generate implements Callable<Integer> {
    @Option(names = "--events", defaultValue = "100000", description = "How many.")
    private long events;

    @Option(names = "--rate", defaultValue = "0", description = "Events per second; 0 is as fast as can be.")
    private double rate;

    @Option(names = "--shape", defaultValue = "STEADY", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shape shape;

    @Option(names = "--seed", defaultValue = "7", description = "Everything follows from it.")
    private long seed;

    @Option(
            names = "--start",
            defaultValue = "2026-01-01T00:00:00Z",
            description = "Simulated time of the first event.")
    private Instant start;

    @Option(names = "--step", defaultValue = "PT0.03S", description = "Simulated time between events.")
    private Duration step;

    @Option(names = "--customers", defaultValue = "1000", description = "How many there are at first.")
    private int customers;

    @Option(names = "--products", defaultValue = "120", description = "How many are sold.")
    private int products;

    @Option(names = "--skew", defaultValue = "0.8", description = "Zipf exponent of customers and products.")
    private double skew;

    @Option(names = "--late", defaultValue = "0.01", description = "Share of activity 10 to 50 minutes late.")
    private double late;

    @Option(names = "--duplicates", defaultValue = "0.005", description = "Share of activity sent twice.")
    private double duplicates;

    @Option(names = "--out-of-order", defaultValue = "0.02", description = "Share of activity up to 60 s late.")
    private double outOfOrder;

    @Option(names = "--broken", defaultValue = "0.005", description = "Share of records that break a rule.")
    private double broken;

    @Option(names = "--undecodable", defaultValue = "0.002", description = "Share of records that nobody can read.")
    private double undecodable;

    @Option(
            names = "--mix",
            defaultValue = "",
            description = "Weights of topics other than usual, of 100 in all: transactions=20,reviews=0.")
    private String mix;

    @Option(names = "--grace", defaultValue = "PT5M", description = "How long the processor's windows wait.")
    private Duration grace;

    @Option(names = "--partitions", defaultValue = "4", description = "Of topics that are made here.")
    private int partitions;

    @Option(names = "--discard", description = "Makes and encodes the events, keeps their truth, sends nothing.")
    private boolean discard;

    @Option(names = "--bootstrap-servers", defaultValue = "localhost:9092", description = "Kafka.")
    private String bootstrapServers;

    @Option(names = "--registry-url", defaultValue = "http://localhost:8081", description = "Schema registry.")
    private String registryUrl;

    @Option(names = "--truth-file", description = "Where to leave the truth.")
    private @Nullable Path truthFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Meter meter = Meter.start();
        Truth truth = discard ? discarded() : sent();
        PrintWriter out = spec.commandLine().getOut();
        out.println(meter.report(truth.events()));
        out.flush();
        return truth.complete() ? 0 : 1;
    }

    private Truth discarded() throws InterruptedException, IOException {
        Publisher publisher = new Assembly(setup(), new Controls(rate))
                // any ids will do: nobody will ask a registry for them
                .discarding(new RecordEncoder(topic -> 1));
        publisher.run(events, truth -> {});
        if (truthFile != null) {
            TruthJson.write(publisher.truth(), truthFile);
        }
        return publisher.truth();
    }

    private Truth sent() throws InterruptedException {
        try (Generator generator = new Generator(setup(), new Controls(rate))) {
            generator.start();
            generator.join();
            String failure = generator.progress().failure();
            if (failure != null) {
                spec.commandLine().getErr().println(failure);
            }
            return generator.truth();
        }
    }

    private Setup setup() {
        Shares shares = new Shares(late, duplicates, outOfOrder, broken, undecodable);
        return new Setup(
                new Knobs(seed, start, step, customers, products, skew, shares, Mix.parse(mix)),
                events,
                shape,
                grace,
                new Topics(partitions, 0, Duration.ofDays(7)),
                truthFile,
                Map.of("bootstrap.servers", bootstrapServers),
                RegistryConfig.of(registryUrl));
    }

    /** Wall clock and CPU of the whole process, its start and compilation included. */
    private record Meter(Instant started) {
        static Meter start() {
            return new Meter(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
        }

        String report(long events) {
            double seconds = Duration.between(started, Instant.now()).toNanos() / 1e9;
            double cpu = ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toNanos()
                    / 1e9;
            return String.format(
                    Locale.ROOT,
                    "events=%d seconds=%.2f events_per_second=%.0f cpu_seconds=%.2f events_per_cpu_second=%.0f",
                    events,
                    seconds,
                    events / seconds,
                    cpu,
                    events / cpu);
        }
    }
}
