package dev.firn.local.up;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firn.local.PortPlan;
import dev.firn.local.query.Kafka;
import dev.firn.local.query.Query;
import dev.firn.local.query.QueryException;
import dev.firn.local.query.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Everything that {@code firn up} starts, once for all tests of this JVM that look at it from outside: a short past of the
 * company, that is over, and topics {@code raw.team_*} that the processor takes up by their contracts.
 */
public final class RunningFirn {
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Path OUTPUT = Path.of("target", "running-firn.out");

    private static Optional<RunningFirn> running = Optional.empty();

    private final Path folder = Files.createTempDirectory("running-firn");
    private final PortPlan ports = TestPlace.freePorts();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process up;

    private RunningFirn() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(OUTPUT.toFile());
        builder.environment().put("FIRN_BUILD", "never");
        builder.environment().put("FIRN_GENERATOR_EVENTS", "2000");
        builder.environment().put("FIRN_GENERATOR_CUSTOMERS", "50");
        builder.environment().put("FIRN_PROCESSOR_TOPICS", "raw\\.team_.*");
        builder.environment().put("FIRN_PROCESSOR_TOPIC_INTERVAL", "500ms");
        builder.environment().put("FIRN_SINK_WINDOW_INTERVAL", "1s");
        up = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    private List<String> command() {
        return List.of(
                TestPlace.root().resolve("deploy/local/firn").toString(),
                "up",
                "--data-dir",
                folder.toString(),
                "--port-base",
                Integer.toString(ports.base()),
                "--rate",
                "1000",
                "--broken",
                "0.02");
    }

    /** Starts it, if no other test has; it ends with the JVM. */
    public static synchronized RunningFirn get() throws IOException {
        if (running.isEmpty()) {
            running = Optional.of(new RunningFirn());
        }
        await().atMost(LONGEST)
                .until(() -> running.orElseThrow()
                        .kafka()
                        .flatMap(Kafka::registryUrl)
                        .isPresent());
        return running.get();
    }

    private Optional<Kafka> kafka() throws IOException {
        return Kafka.runningIn(folder);
    }

    public Path folder() {
        return folder;
    }

    public String bootstrap() throws IOException {
        return kafka().orElseThrow().bootstrapServers();
    }

    public String registryUrl() throws IOException {
        return kafka().flatMap(Kafka::registryUrl).orElseThrow();
    }

    /** An address of the sink. */
    public String address(String path) {
        return "http://127.0.0.1:" + ports.sink() + path;
    }

    /** What the sink answers; nothing while it is not there yet. */
    public JsonNode ask(String path) throws IOException, InterruptedException {
        return ask(URI.create(address(path)));
    }

    /** Waits until all that was sent is processed, and in tables. */
    public void awaitDrained() {
        URI processor = URI.create("http://127.0.0.1:" + ports.processor() + "/status");
        URI generator = URI.create("http://127.0.0.1:" + ports.generator() + "/status");
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> "DONE".equals(ask(generator).path("state").asText())
                        && ask(processor).path("drained").asBoolean()
                        && ask("/status").path("drained").asBoolean());
    }

    private JsonNode ask(URI address) throws IOException, InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            return new ObjectMapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (ConnectException e) {
            return MissingNode.getInstance();
        }
    }

    /** The first value of an answer in SQL, or why there is none. */
    public String answer(String sql) {
        String[] answer = {""};
        try (Warehouse warehouse = Warehouse.open(folder)) {
            Query.each(warehouse, sql, row -> answer[0] = row.getString(1));
        } catch (QueryException e) {
            return String.valueOf(e.getMessage());
        }
        return answer[0];
    }

    private void stop() {
        up.destroy();
        try {
            up.waitFor(30, TimeUnit.SECONDS);
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
