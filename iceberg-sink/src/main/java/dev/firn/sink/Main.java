package dev.firn.sink;

import dev.firn.launch.Service;
import dev.firn.launch.VersionText;
import dev.firn.sink.config.ReconcileCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the sink as a service. */
@Command(
        name = "iceberg-sink",
        header = "Kafka topics of Avro records become Iceberg tables, exactly once.",
        description = {
            "",
            "Configured by a file (MICRONAUT_CONFIG_FILES=/path/sink.yml), by the environment, or by arguments",
            "like -firn.sink.lanes=4. What must be said:",
            "",
            "  FIRN_KAFKA_BOOTSTRAP_SERVERS   default localhost:9092",
            "  FIRN_REGISTRY_URL              default http://localhost:8080/apis/ccompat/v7",
            "  FIRN_SINK_CATALOG_*            Iceberg's catalog properties, _ for a dot and __ for a dash:",
            "                                 FIRN_SINK_CATALOG_TYPE=rest FIRN_SINK_CATALOG_URI=http://...",
            "                                 FIRN_SINK_CATALOG_WAREHOUSE=s3://... FIRN_SINK_CATALOG_S3_ENDPOINT=...",
            "",
            "What may be said:",
            "",
            "  FIRN_SINK_TOPICS               names, with commas; or",
            "  FIRN_SINK_TOPICS_PATTERN       default (raw|silver|gold|ops|firn-sink\\.retry)\\..*",
            "  FIRN_SINK_GROUP_ID             default firn-sink",
            "  FIRN_SINK_LANES                consumers, default 2",
            "  FIRN_SINK_START                earliest (default) or latest, where a table's ledger is empty",
            "  FIRN_SINK_WINDOW_INTERVAL      default 5s",
            "  FIRN_SINK_MEMORY               for open files, default 256MB",
            "  FIRN_KAFKA_PROPERTIES_*        for every Kafka client: FIRN_KAFKA_PROPERTIES_SECURITY_PROTOCOL=SSL",
            "  FIRN_REGISTRY_USERNAME, FIRN_REGISTRY_PASSWORD",
            "  MICRONAUT_SERVER_HOST, MICRONAUT_SERVER_PORT   default 127.0.0.1 and 8083",
            "",
            "The README of iceberg-sink holds the complete reference."
        },
        mixinStandardHelpOptions = true,
        subcommands = ReconcileCommand.class,
        versionProvider = VersionText.class)
public final class Main implements Callable<Integer> {
    /** Past the longest firn.sink.shutdown-timeout. */
    private static final Duration LONGEST_END = Duration.ofMinutes(5);

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        int exit = new CommandLine(new Main()).execute(args);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Runs the service until the process is asked to end. */
    @Override
    public Integer call() {
        return Service.run(Main.class, arguments, LONGEST_END);
    }
}
