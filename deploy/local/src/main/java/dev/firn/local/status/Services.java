package dev.firn.local.status;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.local.CommandException;
import dev.firn.local.PortPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks the services' management endpoints. Safe for use by many threads. */
public final class Services {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** All manifests of a table are read for it. */
    private static final Duration PLANNING = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final PortPlan ports;

    public Services(PortPlan ports) {
        this.ports = ports;
    }

    /** Asks each of them once. */
    public Observation observe() throws InterruptedException {
        return new Observation(
                System.nanoTime(),
                status(ports.generator(), GeneratorStatus.class),
                status(ports.processor(), ProcessorStatus.class),
                status(ports.sink(), SinkStatus.class));
    }

    /** Whether the service on this port says that it is well. */
    public boolean isHealthy(int port) throws InterruptedException {
        try {
            return http.send(request(port, "/health").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet, or no more
        }
    }

    /** Tells the generator to send no more. */
    public void pauseGenerator() throws IOException, InterruptedException {
        var request = request(ports.generator(), "/pause")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("the generator answers %d to %s".formatted(answer.statusCode(), request.uri()));
        }
    }

    /** How the sink keeps a table in order; empty if it has not looked after it yet, or can't be reached. */
    public Optional<Maintenance> maintenance(String table) throws InterruptedException {
        return answer(ports.sink(), "/maintenance/" + table, Maintenance.class);
    }

    /** Has the sink keep a table in order, unless it is a dry run.
     *
     * @return what there is to do
     * @throws CommandException if it does not
     */
    public Maintenance.Debt maintain(String table, boolean dryRun) throws InterruptedException {
        var answer = ofSink(
                request(ports.sink(), "/tables/%s/maintain?dryRun=%s".formatted(table, dryRun))
                        .timeout(PLANNING)
                        .POST(HttpRequest.BodyPublishers.noBody()),
                new TypeReference<Maintenance.Debt>() {});
        return answer.orElseThrow(
                () -> new CommandException("there is no table " + table + "; firn tables lists them"));
    }

    /** Has the sink publish what is on a table's branch, unless it is a dry run.
     *
     * @param snapshot the newest to be published; empty for all
     * @return what it has published, or would
     * @throws CommandException if it does not
     */
    public Publication publish(String table, Optional<Long> snapshot, boolean dryRun) throws InterruptedException {
        String upTo = snapshot.map(id -> "&snapshot=" + id).orElse("");
        var request = request(ports.sink(), "/tables/%s/publish?dryRun=%s%s".formatted(table, dryRun, upTo))
                .timeout(PLANNING)
                .POST(HttpRequest.BodyPublishers.noBody());
        return ofSink(request, new TypeReference<Publication>() {})
                .orElseThrow(() -> new CommandException("there is no table " + table + "; firn tables lists them"));
    }

    /** Has the sink begin to erase a key, unless it is a dry run, which only looks.
     *
     * @return how far it is; the same again is answered with the one that runs
     * @throws CommandException if it does not
     */
    public Erasure erase(Map<String, String> key, boolean dryRun) throws InterruptedException {
        var body = JSON.createObjectNode();
        key.forEach(body.putObject("key")::put);
        var request = request(ports.sink(), "/erase?dryRun=" + dryRun)
                .timeout(PLANNING)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return ofSink(request, new TypeReference<Erasure>() {})
                .orElseThrow(() -> new CommandException("the sink knows nothing of erasures: it is an older one"));
    }

    /** How far an erasure is.
     *
     * @throws CommandException if the sink can't tell
     */
    public Erasure erasure(String id) throws InterruptedException {
        return ofSink(request(ports.sink(), "/erase/" + id), new TypeReference<Erasure>() {})
                .orElseThrow(() -> new CommandException(
                        "the sink was started anew meanwhile: erase again, what was erased is not found again"));
    }

    /** Empty if it knows nothing of it. */
    private <T> Optional<T> ofSink(HttpRequest.Builder request, TypeReference<T> type) throws InterruptedException {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
                throw new CommandException(
                        "the sink answers %d: %s".formatted(answer.statusCode(), said(answer.body())));
            }
            return answer.statusCode() == 404 ? Optional.empty() : Optional.of(JSON.readValue(answer.body(), type));
        } catch (HttpTimeoutException e) {
            throw new CommandException("the sink takes long to answer: see its log", e);
        } catch (IOException e) {
            throw new CommandException("no sink answers on port %d: firn up starts one".formatted(ports.sink()), e);
        }
    }

    /** What is wrong, out of Micronaut's form of an error; all of it, if it has another one. */
    private static String said(String body) {
        try {
            var message = JSON.readTree(body).at("/_embedded/errors/0/message");
            return message.isTextual() ? message.asText() : body;
        } catch (JacksonException e) {
            return body;
        }
    }

    private <T> Optional<T> status(int port, Class<T> type) throws InterruptedException {
        return answer(port, "/status", type);
    }

    private <T> Optional<T> answer(int port, String path, Class<T> type) throws InterruptedException {
        try {
            var answer = http.send(request(port, path).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(JSON.readValue(answer.body(), type)) : Optional.empty();
        } catch (JacksonException e) {
            throw new IllegalStateException(path + " on port " + port + " is not what it should be", e);
        } catch (IOException e) {
            return Optional.empty(); // not there yet, or no more
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
        var token = System.getenv("FIRN_MANAGEMENT_TOKEN");
        return token == null || token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
