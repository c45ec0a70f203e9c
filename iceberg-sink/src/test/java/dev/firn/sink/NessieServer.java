package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.FreePort;
import dev.firn.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;

/** A Nessie that forgets everything when it ends, before the stack's S3 server; and its branches and tags, by its API. */
final class NessieServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final EmbeddedStack stack;
    private final String url;
    private final Process process;

    /**
     * Returns when it answers.
     *
     * @param jar its runner
     * @param folder for its log
     */
    NessieServer(Path jar, EmbeddedStack stack, Path folder) throws IOException {
        this.stack = stack;
        int port = FreePort.any();
        this.url = "http://127.0.0.1:" + port;
        this.process = child(jar, port, folder).start();
        await().atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(UncheckedIOException.class)
                .until(() -> {
                    assertThat(process.isAlive()).as("log: " + folder).isTrue();
                    return get("/api/v2/config").has("defaultBranch");
                });
    }

    private ChildJvm child(Path jar, int port, Path folder) throws IOException {
        Map<String, String> storage = EmbeddedStack.storageProperties(stack.s3Endpoint());
        String s3 = "-Dnessie.catalog.service.s3.default-options.";
        return new ChildJvm(
                "io.quarkus.runner.GeneratedMain",
                List.of(jar),
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=" + FreePort.any(),
                        "-Dnessie.version.store.type=IN_MEMORY",
                        "-Dnessie.catalog.default-warehouse=firn",
                        "-Dnessie.catalog.warehouses.firn.location=" + storage.get("warehouse") + "/nessie",
                        s3 + "endpoint=" + stack.s3Endpoint(),
                        s3 + "path-style-access=true",
                        s3 + "region=us-east-1",
                        s3 + "request-signing-enabled=false",
                        s3 + "access-key=urn:nessie-secret:quarkus:firn.s3",
                        "-Dfirn.s3.name=" + storage.get("s3.access-key-id"),
                        "-Dfirn.s3.secret=" + storage.get("s3.secret-access-key")),
                List.of(),
                Map.of(),
                Set.of(),
                folder.resolve("nessie.log"),
                folder);
    }

    /** What is on a branch or a tag, as the sink's own settings would reach it. */
    Catalog at(String reference) {
        Map<String, String> properties = new HashMap<>(EmbeddedStack.storageProperties(stack.s3Endpoint()));
        properties.put("type", "rest");
        properties.put("uri", url + "/iceberg/" + reference);
        properties.put("warehouse", "firn");
        return CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, properties, null);
    }

    /** Makes a branch where another one is. */
    void branch(String name, String from) {
        send("POST", "/api/v2/trees?type=BRANCH&name=" + name, reference(from));
    }

    /** Names where a branch is. */
    void tag(String name, String branch) {
        send("POST", "/api/v2/trees?type=TAG&name=" + name, reference(branch));
    }

    /** Moves a branch to where another reference is. */
    void assign(String branch, String to) {
        String expected = reference(branch).path("hash").asText();
        send("PUT", "/api/v2/trees/" + branch + "@" + expected + "?type=BRANCH", reference(to));
    }

    /** Moves a branch to where another one is, if that one began there and it has not moved since. */
    void fastForward(String branch, String to) {
        String from = reference(branch).path("hash").asText();
        List<String> history =
                get("/api/v2/trees/" + to + "/history").path("logEntries").findValuesAsText("hash");
        String root = get("/api/v2/config").path("noAncestorHash").asText();
        assertThat(history.contains(from) || from.equals(root)).isTrue();
        assign(branch, to);
    }

    private JsonNode reference(String name) {
        return get("/api/v2/trees/" + name).path("reference");
    }

    private JsonNode get(String path) {
        return answer(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    private void send(String method, String path, JsonNode body) {
        answer(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString())));
    }

    private JsonNode answer(HttpRequest.Builder request) {
        try {
            var response = client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
            return json.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
