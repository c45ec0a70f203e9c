package dev.firn.lineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An endpoint to which each event is posted, such as Marquez's {@code /api/v1/lineage}. */
final class EventEndpoint implements Destination {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI uri;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    EventEndpoint(URI uri) {
        this.uri = uri;
    }

    @Override
    public void take(String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw new IOException("answered " + status);
        }
    }
}
