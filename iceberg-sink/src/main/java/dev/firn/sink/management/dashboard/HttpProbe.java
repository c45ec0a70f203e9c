package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.access.AccessSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks over HTTP, at the management endpoints. */
final class HttpProbe implements Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 4 << 20;
    private static final long UNKNOWN = -1;

    private final HttpClient http;
    private final ObjectMapper json;
    private final URI address;
    private final AccessSettings access;

    HttpProbe(HttpClient http, ObjectMapper json, URI address, AccessSettings access) {
        this.http = http;
        this.json = json;
        this.address = address;
        this.access = access;
    }

    @Override
    public Said ask() throws IOException, InterruptedException {
        JsonNode status = get("/status");
        return new Said(status, memory());
    }

    private long memory() throws InterruptedException {
        try {
            return get("/metrics/jvm.memory.used").at("/measurements/0/value").asLong(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN; // the status is what matters
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        access.looking().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("answers " + answer.statusCode() + " to " + path);
                }
                return read(path, body.readNBytes(LARGEST));
            }
        } catch (HttpTimeoutException e) {
            throw new IOException("gives no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new IOException("can't be reached", e);
        }
    }

    private JsonNode read(String path, byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("answers no JSON to " + path, e);
        }
    }
}
