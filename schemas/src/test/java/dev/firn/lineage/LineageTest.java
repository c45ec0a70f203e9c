package dev.firn.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    private static final UUID RUN = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final RunEvent EVENT = new RunEvent(
            RunEvent.Type.COMPLETE,
            Instant.parse("2026-01-02T03:04:05Z"),
            "iceberg-sink.silver.orders",
            RUN,
            List.of(new Dataset("kafka://broker:9092", "silver.orders", Map.of(), Map.of())),
            List.of(new Dataset(
                    "iceberg://firn",
                    "silver.orders",
                    Map.of("version", Facet.version("17"), "storage", Facet.storage("iceberg", "parquet")),
                    Map.of("outputStatistics", Facet.outputStatistics(3, 400, 1)))));

    @TempDir
    private Path folder;

    @Test
    void shouldPostWhatTheSpecificationNamesWhenEndpointAnswers() throws Exception {
        // Given
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        var server = server(201, posted);

        // When
        try (var lineage = Lineage.toEndpoint(address(server), "firn", "urn:firn:iceberg-sink:1")) {
            lineage.tell(EVENT);
            JsonNode event = new ObjectMapper().readTree(posted.poll(60, TimeUnit.SECONDS));

            // Then
            assertThat(event.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "eventType", "eventTime", "producer", "schemaURL", "run", "job", "inputs", "outputs");
            assertThat(event.path("eventType").asText()).isEqualTo("COMPLETE");
            assertThat(event.path("eventTime").asText()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(event.at("/run/runId").asText()).isEqualTo(RUN.toString());
            assertThat(event.at("/job/namespace").asText()).isEqualTo("firn");
            assertThat(event.at("/inputs/0/name").asText()).isEqualTo("silver.orders");
            JsonNode written = event.at("/outputs/0/outputFacets/outputStatistics");
            assertThat(written.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("_producer", "_schemaURL", "rowCount", "size", "fileCount");
            assertThat(event.at("/outputs/0/facets/version/datasetVersion").asText())
                    .isEqualTo("17");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldCountWhatIsRefused() throws Exception {
        // Given
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        var server = server(500, posted);
        var lineage = Lineage.toEndpoint(address(server), "firn", "urn:firn:iceberg-sink:1");

        // When
        lineage.tell(EVENT);
        assertThat(posted.poll(60, TimeUnit.SECONDS)).isNotNull();
        lineage.close();
        server.stop(0);

        // Then
        assertThat(lineage.dropped()).isEqualTo(1);
        assertThat(lineage.sent()).isZero();
    }

    @Test
    void shouldDropWhatIsTooMuchAndNeverWaitWhenNothingIsTaken() throws Exception {
        // Given
        var taking = new CountDownLatch(1);
        var lineage = new Lineage("firn", "urn:firn:test", event -> {
            taking.countDown();
            new CountDownLatch(1).await();
        });
        lineage.tell(EVENT);
        assertThat(taking.await(60, TimeUnit.SECONDS)).isTrue();

        // When
        for (int i = 0; i < 1_500; i++) {
            lineage.tell(EVENT);
        }

        // Then
        assertThat(lineage.dropped()).isEqualTo(500);
        lineage.close();
        assertThat(lineage.dropped()).isEqualTo(1_501);
        assertThat(lineage.sent()).isZero();
    }

    @Test
    void shouldAppendLinesToFileAndLoseNoneWhenClosed() throws IOException {
        // Given
        Path file = folder.resolve("lineage.json");

        // When
        var lineage = Lineage.toFile(file, "firn", "urn:firn:test");
        for (int i = 0; i < 20; i++) {
            lineage.tell(EVENT);
        }
        lineage.close();

        // Then
        assertThat(Files.readAllLines(file)).hasSize(20).containsOnly(EVENT.json("firn", "urn:firn:test"));
        assertThat(lineage.sent()).isEqualTo(20);
    }

    private static HttpServer server(int status, BlockingQueue<String> posted) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/lineage");
    }
}
