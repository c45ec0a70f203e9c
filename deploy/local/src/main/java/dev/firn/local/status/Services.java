package dev.firn.local.status;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.local.PortPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the services' management endpoints. Safe for use by many threads. */
public final class Services {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
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

    private <T> Optional<T> status(int port, Class<T> type) throws InterruptedException {
        try {
            var answer = http.send(request(port, "/status").build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(JSON.readValue(answer.body(), type)) : Optional.empty();
        } catch (JacksonException e) {
            throw new IllegalStateException("the status on port " + port + " is not what it should be", e);
        } catch (IOException e) {
            return Optional.empty(); // not there yet, or no more
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }
}
