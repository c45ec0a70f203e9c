package dev.firn.generator.management;

import dev.firn.config.ConfigurationException;
import dev.firn.generator.publish.Pace;
import dev.firn.generator.publish.PublishException;
import dev.firn.generator.publish.Shape;
import dev.firn.generator.replay.Format;
import dev.firn.generator.replay.Outbox;
import dev.firn.generator.replay.Replay;
import dev.firn.generator.replay.Report;
import dev.firn.generator.replay.Source;
import dev.firn.generator.replay.Target;
import dev.firn.generator.replay.TopicOutbox;
import dev.firn.launch.KafkaSettings;
import dev.firn.launch.RegistrySettings;
import dev.firn.launch.Service;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryException;
import dev.firn.registry.SchemaRegistry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command that sends the rows of files to a topic. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Sends the rows of CSV, JSON lines and Parquet files to a topic, as Avro, in their order.",
            "Columns are named as the fields of the schema, nested ones with dots: address.city.",
            "Bad lines are reported as FILE:LINE: FIELD: PROBLEM. Nothing is rounded or guessed."
        },
        footer = {
            "",
            "Servers are configured as the service's are: FIRN_KAFKA_BOOTSTRAP_SERVERS, FIRN_KAFKA_PROPERTIES_*,",
            "FIRN_REGISTRY_URL, _USERNAME, _PASSWORD.",
            "Exit code: 0 all sent, bad lines skipped if so asked; 1 stopped; 2 wrongly asked."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ReplayCommand implements Callable<Integer> {
    private enum BadLines {
        STOP,
        SKIP
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Ends in .csv, .tsv, .jsonl, .ndjson, .json (each also .gz) or .parquet; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--topic", required = true, description = "Made if it is missing.")
    private String topic;

    @Option(
            names = "--schema",
            description = "An .avsc file. Else what the registry has for the topic, else Firn's own contract.")
    private @Nullable Path schema;

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "FIELD",
            showDefaultValue = Visibility.NEVER,
            description = "What the topic key is made of. Else the schema's firn.key.")
    private List<String> key = new ArrayList<>();

    @Option(names = "--format", description = "Of all files, whatever their names: ${COMPLETION-CANDIDATES}.")
    private @Nullable Format format;

    @Option(names = "--separator", defaultValue = ",", description = "Between the values of CSV.")
    private char separator;

    @Option(names = "--bad-lines", defaultValue = "STOP", description = "What they do: ${COMPLETION-CANDIDATES}.")
    private BadLines badLines;

    @Option(names = "--ignore-unknown", description = "Leaves out values that the schema has no field for.")
    private boolean ignoreUnknown;

    @Option(
            names = "--from-line",
            defaultValue = "1",
            description = "Passes over what stands before it, to go on where an earlier replay stopped.")
    private long fromLine;

    @Option(names = "--rate", defaultValue = "0", description = "Records per second; 0 is as fast as can be.")
    private double rate;

    @Option(names = "--partitions", defaultValue = "0", description = "Of a topic made here; 0: as the broker has it.")
    private int partitions;

    @Option(names = "--check", description = "Reads and converts everything, sends nothing.")
    private boolean check;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    private ReplayCommand() {}

    /** Sends the files. */
    @Override
    public Integer call() {
        return Service.once(ReplayCommand.class, arguments, this::replay);
    }

    private int replay(ApplicationContext context) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return replay(
                    context.getBean(KafkaSettings.class).clientProperties(context.getEnvironment()),
                    new ConfluentRegistry(
                            context.getBean(RegistrySettings.class).registry()));
        } catch (IOException | PublishException | KafkaException | RegistryException e) {
            err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int replay(Map<String, String> kafka, SchemaRegistry registry) throws IOException, InterruptedException {
        List<Source> sources = sources();
        Target target = target(registry);
        Report report = new Report(spec.commandLine().getErr(), System::nanoTime);
        try (Outbox outbox = outbox(target, kafka, registry)) {
            boolean whole = false;
            try {
                whole = new Replay(target.schema(), target.key(), outbox, pace(), report, plan()).run(sources);
            } finally {
                spec.commandLine().getOut().println(report.summary(outbox.acknowledged()));
                spec.commandLine().getOut().flush();
            }
            return whole ? 0 : 1;
        }
    }

    private Replay.Plan plan() {
        if (fromLine > 1 && files.size() > 1) {
            throw new ConfigurationException("--from-line: of which file? Name one only");
        }
        return new Replay.Plan(badLines == BadLines.STOP, ignoreUnknown, fromLine);
    }

    private List<Source> sources() {
        return files.stream()
                .map(file -> format == null ? Source.of(file, separator) : new Source(file, format, separator))
                .toList();
    }

    private Target target(SchemaRegistry registry) {
        Target target = schema == null ? Target.of(topic, registry) : Target.of(topic, schema);
        return key.isEmpty() ? target : target.keyedBy(key);
    }

    private Outbox outbox(Target target, Map<String, String> kafka, SchemaRegistry registry)
            throws InterruptedException {
        if (check) {
            return Outbox.NOWHERE;
        }
        target.create(kafka, partitions);
        return TopicOutbox.connect(topic, kafka, registry);
    }

    private Pace pace() {
        Pace pace = new Pace(Shape.STEADY, System::nanoTime);
        pace.rate(rate);
        return pace;
    }
}
