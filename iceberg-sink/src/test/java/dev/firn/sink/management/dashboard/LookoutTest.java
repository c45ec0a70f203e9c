package dev.firn.sink.management.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.firn.access.AccessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class LookoutTest {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final String SINK = """
        {"tables": [{"table": "a.b", "lag": 7, "rows": 5, "files": 2, "commit_millis": 30,
          "freshness_p50_millis": 100, "freshness_p99_millis": 200, "ledger": {"t": {"0": [10, 15], "1": [0, 1]}}}]}
        """;

    private static final AccessSettings ACCESS = new AccessSettings("s3cret", "glasses", null, null, null, "roles");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Lookout lookout;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().getPath());
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = answer == null ? new byte[0] : answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        HttpProbe probe = new HttpProbe(HttpClient.newHttpClient(), json, address, ACCESS);
        Poller poller = Poller.start(new Probe.Place("sink", address), probe, INTERVAL, Clock.systemUTC());
        lookout = Lookout.start(List.of(poller), INTERVAL, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        lookout.close();
        server.stop(0);
    }

    @Test
    void shouldShowWhatAServiceSaysWhenItAnswers() throws IOException {
        // Given
        answers.put("/status", SINK);
        answers.put("/metrics/jvm.memory.used", "{\"measurements\": [{\"value\": 4096}]}");

        // When
        awaitService("reachable", "true");

        // Then
        JsonNode view = view();
        assertThat(view.at("/services/0/memory").asLong()).isEqualTo(4096);
        assertThat(shown).containsOnly("Bearer glasses");
        assertThat(view.at("/services/0/status/tables/0/table").asText()).isEqualTo("a.b");
        assertThat(view.path("figures").path("a.b/held").asLong()).isEqualTo(6);
        assertThat(view.path("figures").path("a.b/lag").asLong()).isEqualTo(7);
        JsonNode history = json.readTree(lookout.history());
        assertThat(history.path("figures").path("a.b/rows")).hasSameSizeAs(history.path("at"));
        assertThat(history.path("figures")
                        .path("a.b/rows")
                        .get(history.path("at").size() - 1)
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void shouldKeepWhatAServiceSaidWhenItAnswersNoMore() throws IOException {
        // Given
        answers.put("/status", SINK);
        awaitService("reachable", "true");

        // When
        answers.clear();

        // Then
        awaitService("failure", "answers 404 to /status");
        assertThat(view().at("/services/0/status/tables/0/rows").asLong()).isEqualTo(5);
        assertThat(view().path("figures")).isEmpty();
        server.stop(0);
        awaitService("failure", "can't be reached");
    }

    @Test
    void shouldEndTheStreamWhenItIsClosed() {
        // Given
        Flux<String> views = Flux.from(lookout.views());

        // When
        lookout.close();

        // Then
        assertThat(views.collectList().block(Duration.ofSeconds(5))).hasSizeLessThanOrEqualTo(1);
    }

    private void awaitService(String name, String value) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> view().path("services").path(0).path(name).asText().equals(value));
    }

    private JsonNode view() throws IOException {
        return json.readTree(Flux.from(lookout.views()).blockFirst(Duration.ofSeconds(5)));
    }
}
