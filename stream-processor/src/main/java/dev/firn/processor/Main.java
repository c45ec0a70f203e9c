package dev.firn.processor;

import dev.firn.launch.Service;
import dev.firn.launch.VersionText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the service. */
@Command(
        name = "stream-processor",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description =
                "Checks, masks, flattens, enriches and windows raw.* topics into silver.* and gold.*, exactly once.",
        footer = {
            "",
            "Configuration, as environment variables (or -firn.processor.threads=2 as argument):",
            "  FIRN_KAFKA_BOOTSTRAP_SERVERS     localhost:9092; FIRN_KAFKA_PROPERTIES_* for every client",
            "  FIRN_REGISTRY_URL                http://localhost:8080/apis/ccompat/v7; _USERNAME, _PASSWORD",
            "  FIRN_PII_KEY                     required: the secret that personal data is hashed with",
            "  FIRN_PROCESSOR_TOPICS            raw\\..*, taken up by their contracts; ..._TOPIC_INTERVAL 5s",
            "  FIRN_PROCESSOR_FUTURE_MOBILITY   true: the example company's own topologies",
            "  FIRN_PROCESSOR_STATE_DIR         data/processor",
            "  FIRN_PROCESSOR_APPLICATION_ID    firn-processor; ..._INSTANCE_ID for static membership",
            "  FIRN_PROCESSOR_THREADS           2",
            "  FIRN_PROCESSOR_COMMIT_INTERVAL   500ms",
            "  FIRN_PROCESSOR_CACHE             64MB; ..._ROCKSDB_MEMORY 256MB, for all stores together",
            "  FIRN_PROCESSOR_PARTITIONS        4, of topics that it creates; ..._REPLICATION 0 (broker's default)",
            "  FIRN_PROCESSOR_GRACE             5m; event time",
            "  FIRN_PROCESSOR_SESSION_GAP       30m; event time",
            "  FIRN_PROCESSOR_IDLE_TIMEOUT      60s; minutes don't wait longer for a silent partition",
            "  FIRN_PROCESSOR_REFERENCE_WAIT    10s; ..._REFERENCE_RETRY 200ms",
            "  FIRN_PROCESSOR_EMIT_INTERVAL     1s",
            "  FIRN_PROCESSOR_STUCK_AFTER       60s without progress it is not ready",
            "  MICRONAUT_SERVER_HOST            127.0.0.1; MICRONAUT_SERVER_PORT 8082"
        })
public final class Main implements Callable<Integer> {
    private static final Duration LONGEST_END = Duration.ofSeconds(25);

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private Main() {}

    @SuppressWarnings("DoNotCallSuggester") // an entry point
    public static void main(String[] args) {
        int code = new CommandLine(new Main()).execute(args);
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
