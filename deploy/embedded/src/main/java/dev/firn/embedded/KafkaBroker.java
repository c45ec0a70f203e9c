package dev.firn.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node in this JVM, broker and controller. It can be stopped and started again, with the same data on the same port.
 *
 * <p>{@link #start} and {@link #stop} are for one thread at a time.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final int NODE = 1;

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final int securePort;
    private final Map<String, String> security;
    private @Nullable KafkaRaftServer server;

    KafkaBroker(Path folder, int port, int controllerPort) throws IOException {
        this(folder, port, controllerPort, Map.of());
    }

    private KafkaBroker(Path folder, int port, int controllerPort, Map<String, String> security) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = FreePort.of("Kafka", port);
        this.controllerPort = FreePort.of("Kafka's controller", controllerPort);
        this.securePort = FreePort.of("Kafka's secure listener", 0);
        this.security = Map.copyOf(security);
    }

    /** A broker without the rest of a stack, on what the stack's folder holds, on ports that are free. Not started. */
    public static KafkaBroker alone(Path stackFolder) throws IOException {
        return new KafkaBroker(EmbeddedStack.kafkaFolder(stackFolder.toAbsolutePath()), 0, 0);
    }

    /**
     * As {@link #alone}, with one more listener.
     *
     * @param security the listener's settings, as Kafka names them after {@code listener.name.NAME.}
     */
    public static KafkaBroker secured(Path stackFolder, Map<String, String> security) throws IOException {
        return new KafkaBroker(EmbeddedStack.kafkaFolder(stackFolder.toAbsolutePath()), 0, 0, security);
    }

    /** Of the listener of {@link #secured}, which speaks TLS and SASL. */
    public String secureServers() {
        return Loopback.ADDRESS + ":" + securePort;
    }

    public String bootstrapServers() {
        return Loopback.ADDRESS + ":" + port;
    }

    /** Returns when clients can use it. */
    public void start() throws IOException {
        if (server != null) {
            return;
        }
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format();
        }
        var started = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        started.startup();
        server = started;
    }

    /** Returns when it has stopped; what it holds stays. */
    public void stop() {
        var running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    @Override
    public void close() {
        stop();
    }

    @SuppressWarnings("IllegalCatch") // the formatter declares no more than Exception
    private void format() throws IOException {
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Kafka's folder " + folder + " can't be formatted", e);
        }
    }

    private Properties properties() throws IOException {
        var properties = new Properties();
        try (var small = KafkaBroker.class.getResourceAsStream("broker.properties")) {
            properties.load(small);
        }
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@" + Loopback.ADDRESS + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                        .formatted(Loopback.ADDRESS, port, Loopback.ADDRESS, controllerPort));
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", folder.toString());
        if (!security.isEmpty()) {
            secure(properties);
        }
        return properties;
    }

    private void secure(Properties properties) {
        properties.merge("listeners", ",SECURE://%s:%d".formatted(Loopback.ADDRESS, securePort), KafkaBroker::joined);
        properties.merge("advertised.listeners", ",SECURE://" + secureServers(), KafkaBroker::joined);
        properties.merge("listener.security.protocol.map", ",SECURE:SASL_SSL", KafkaBroker::joined);
        security.forEach((key, value) -> properties.put("listener.name.secure." + key, value));
    }

    private static String joined(Object text, Object more) {
        return text.toString() + more;
    }
}
