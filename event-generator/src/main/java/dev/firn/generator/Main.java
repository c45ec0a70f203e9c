package dev.firn.generator;

import dev.firn.config.ConfigurationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the service, or the command. */
@Command(
        name = "event-generator",
        mixinStandardHelpOptions = true,
        subcommands = Generate.class,
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
            "  FIRN_GENERATOR_RATE            2000 events per second; 0 is as fast as can be",
            "  FIRN_GENERATOR_SHAPE           steady or bursts",
            "  FIRN_GENERATOR_EVENTS          0 for no end",
            "  FIRN_GENERATOR_GRACE           5m; has to be the processor's",
            "  FIRN_GENERATOR_PARTITIONS      4; ..._REPLICATION 0 (broker's default); ..._RETENTION 7d",
            "  FIRN_GENERATOR_TRUTH_FILE      where to leave the truth",
            "  MICRONAUT_SERVER_HOST          127.0.0.1; MICRONAUT_SERVER_PORT 8081",
            "  FIRN_MANAGEMENT_TOKEN          for changes over HTTP where the host is not loopback"
        })
public final class Main implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final long LONGEST_END_MILLIS = 20_000;

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
    public Integer call() throws InterruptedException {
        try (ApplicationContext context = ApplicationContext.builder()
                .mainClass(Main.class)
                .args(arguments.toArray(String[]::new))
                .banner(false)
                .start()) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended, main), "shutdown"));
            EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
            LOG.info("listening on {}", server.getURI());
            ended.await();
            return 0;
        } catch (RuntimeException e) {
            // the main thread's top: whatever went wrong, people get one line that says so
            System.err.println(reason(e));
            return 2;
        }
    }

    /** The process may not end before the main thread has closed everything. */
    private static void end(CountDownLatch ended, Thread main) {
        ended.countDown();
        try {
            main.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is wrong with the configuration, rather than which bean could not be made because of it. */
    private static String reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException || cause instanceof BindException) {
                message = String.valueOf(cause.getMessage());
            }
        }
        return message;
    }
}
