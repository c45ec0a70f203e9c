package dev.firn.generator;

import dev.firn.generator.management.ReplayCommand;
import dev.firn.launch.Service;
import dev.firn.launch.VersionText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the service, or the command. */
@Command(
        name = "event-generator",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        subcommands = {Generate.class, ReplayCommand.class},
        description = "The simulated company FutureMobility: events into Kafka, as a service.",
        footer = {
            "",
            "Configuration, as environment variables (or -firn.generator.seed=7 as argument):",
            "  FIRN_KAFKA_BOOTSTRAP_SERVERS   localhost:9092; FIRN_KAFKA_PROPERTIES_* for every client",
            "  FIRN_REGISTRY_URL              http://localhost:8080/apis/ccompat/v7; _USERNAME, _PASSWORD",
            "  FIRN_GENERATOR_SEED            7; everything follows from it",
            "  FIRN_GENERATOR_START           2026-01-01T00:00:00Z; simulated time of the first event",
            "  FIRN_GENERATOR_SPEED_UP        60; how much faster simulated time is, at ..._NOMINAL_RATE (2000)",
            "  FIRN_GENERATOR_CUSTOMERS       1000; ..._PRODUCTS 120; ..._SKEW 0.8 (Zipf)",
            "  FIRN_GENERATOR_LATE            0.01; ..._DUPLICATES 0.005; ..._OUT_OF_ORDER 0.02 (of activity)",
            "  FIRN_GENERATOR_BROKEN          0.005; ..._UNDECODABLE 0.002 (of all records)",
            "  FIRN_GENERATOR_MIX             weights of topics, of 100 in all: transactions=20,reviews=0",
            "  FIRN_GENERATOR_RATE            2000 events per second; 0 is as fast as can be",
            "  FIRN_GENERATOR_SHAPE           steady, bursts, diurnal or ramp",
            "  FIRN_GENERATOR_EVENTS          0 for no end",
            "  FIRN_GENERATOR_GRACE           5m; has to be the processor's",
            "  FIRN_GENERATOR_PARTITIONS      4; ..._REPLICATION 0 (broker's default); ..._RETENTION 7d",
            "  FIRN_GENERATOR_TRUTH_FILE      where to leave the truth",
            "  MICRONAUT_SERVER_HOST          127.0.0.1; MICRONAUT_SERVER_PORT 8081",
            "  FIRN_MANAGEMENT_TOKEN          for changes over HTTP where the host is not loopback"
        })
public final class Main implements Callable<Integer> {
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private Main() {}

    @SuppressWarnings("DoNotCallSuggester") // an entry point
    public static void main(String[] args) {
        int code = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs the service until the process is asked to end. */
    @Override
    public Integer call() {
        return Service.run(Main.class, arguments, LONGEST_END);
    }
}
