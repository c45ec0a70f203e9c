package dev.firn.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The infrastructure as a process of its own, until it is told to end. */
@Command(
        name = "firn-embedded",
        mixinStandardHelpOptions = true,
        description = "Runs Kafka, a schema registry, an S3 server and an Iceberg catalog on loopback.")
public final class Main implements Callable<Integer> {
    /** Below the data directory: where everything is, written when everything answers, deleted at the end. */
    static final String ADDRESSES = "run/infra.properties";

    @Option(names = "--data-dir", defaultValue = ".firn", description = "Folder of all data (${DEFAULT-VALUE}).")
    private Path folder = Path.of(".firn");

    @Option(names = "--kafka-port", defaultValue = "0", description = "0: any free one.")
    private int kafkaPort;

    @Option(names = "--controller-port", defaultValue = "0", description = "0: any free one.")
    private int controllerPort;

    @Option(names = "--registry-port", defaultValue = "0", description = "0: any free one.")
    private int registryPort;

    @Option(names = "--s3-port", defaultValue = "0", description = "0: any free one.")
    private int s3Port;

    @Option(
            names = "--catalog-port",
            defaultValue = "0",
            description = "Of the catalog, where it is a process of its own. 0: any free one.")
    private int catalogPort;

    @Option(
            names = "--only",
            paramLabel = "SERVER",
            description =
                    "Just one, as a process of its own: ${COMPLETION-CANDIDATES}. The catalog is then a REST catalog.")
    private @Nullable Part only;

    private Main() {}

    public static void main(String[] args) {
        // a name of its own: as a library, this jar must not decide how a test logs
        System.setProperty("logback.configurationFile", "logback-infra.xml");
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("firn-embedded: " + e.getMessage());
                    return 1;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (only != null) {
            return new LoneServer(folder, new Ports(kafkaPort, controllerPort, registryPort, s3Port), catalogPort)
                    .run(only);
        }
        var stack = EmbeddedStack.start(folder, new Ports(kafkaPort, controllerPort, registryPort, s3Port));
        var addresses = folder.resolve(ADDRESSES);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, addresses), "end"));
        publish(stack, addresses);
        System.out.printf(
                "ready kafka=%s registry=%s s3=%s%n",
                stack.bootstrapServers(), stack.registryUrl(), stack.s3Endpoint());
        return untilRegistryEnds(stack);
    }

    private static int untilRegistryEnds(EmbeddedStack stack) {
        stack.registry().process().ifPresent(process -> process.onExit().join());
        if (stack.registry().process().isEmpty()) {
            return 0; // it was we who stopped it
        }
        System.err.println("firn-embedded: the schema registry has ended");
        return 1;
    }

    private static void publish(EmbeddedStack stack, Path file) throws IOException {
        var addresses = new Properties();
        addresses.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        addresses.setProperty("bootstrap.servers", stack.bootstrapServers());
        addresses.setProperty("registry.url", stack.registryUrl());
        addresses.setProperty("s3.endpoint", stack.s3Endpoint());
        stack.catalogProperties().forEach((key, value) -> addresses.setProperty("catalog." + key, value));
        Files.createDirectories(file.getParent());
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        try (var out = Files.newBufferedWriter(draft)) {
            addresses.store(out, "where the infrastructure is");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void end(EmbeddedStack stack, Path addresses) {
        try {
            Files.deleteIfExists(addresses);
            stack.close();
        } catch (IOException e) {
            System.err.println("firn-embedded: " + e.getMessage());
        }
    }
}
