package dev.firn.generator.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service while Kafka is away: that is when people look at it. */
class EndpointsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ApplicationContext loopback;
    private static ApplicationContext open;

    @BeforeAll
    static void start() {
        loopback = context(Map.of());
        open = context(Map.of("micronaut.server.host", "0.0.0.0", "firn.management.token", "let-me"));
    }

    @AfterAll
    static void stop() {
        loopback.close();
        open.close();
    }

    @Test
    void shouldTellItsStateWhenKafkaIsAway() throws Exception {
        // Given, when
        HttpResponse<String> status = get(loopback, "/status");
        HttpResponse<String> ready = get(loopback, "/health/readiness");
        HttpResponse<String> alive = get(loopback, "/health/liveness");

        // Then
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(status.body()).contains("\"state\":\"RESUMING\"", "\"sent\":0", "\"rate\":");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(alive.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatTruthIsNotCompleteWhenNothingIsSent() throws Exception {
        // Given, when
        HttpResponse<String> truth = get(loopback, "/truth");

        // Then
        assertThat(truth.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(truth.body()).contains("\"complete\" : false", "\"raw.activity\"", "\"expectations\"");
    }

    @Test
    void shouldSetTheRateWhenAsked() throws Exception {
        // Given, when
        HttpResponse<String> answer = post(loopback, "/rate", "{\"events_per_second\": 123}", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rate\":123.0");
    }

    @Test
    void shouldRefuseTheRateWhenItIsNone() throws Exception {
        // Given, when
        HttpResponse<String> negative = post(loopback, "/rate", "{\"events_per_second\": -1}", "");
        HttpResponse<String> text = post(loopback, "/rate", "{\"events_per_second\": \"fast\"}", "");

        // Then
        assertThat(negative.statusCode()).isEqualTo(400);
        assertThat(text.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTakeNoCommandsWithoutTokenWhenOthersCanReachIt() throws Exception {
        // Given, when
        HttpResponse<String> without = post(open, "/pause", "{}", "");
        HttpResponse<String> wrong = post(open, "/resume", "{}", "Bearer let-you");
        HttpResponse<String> right = post(open, "/pause", "{}", "Bearer let-me");

        // Then
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(right.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReportToPrometheusWhenAsked() throws Exception {
        // Given, when
        HttpResponse<String> metrics = get(loopback, "/prometheus");

        // Then
        assertThat(metrics.body())
                .contains("firn_generator_events_sent_total", "firn_generator_events_acknowledged_total");
    }

    private static ApplicationContext context(Map<String, Object> more) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "firn.kafka.bootstrap-servers", "127.0.0.1:1",
                "firn.kafka.properties.default.api.timeout.ms", "500",
                "firn.kafka.properties.request.timeout.ms", "400",
                "firn.registry.url", "http://127.0.0.1:1",
                "micronaut.server.port", "-1"));
        keys.putAll(more);
        ApplicationContext context = ApplicationContext.builder()
                .properties(keys)
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }

    private static HttpResponse<String> get(ApplicationContext context, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(uri(context, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(ApplicationContext context, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(context, path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(ApplicationContext context, String path) {
        int port = context.getBean(EmbeddedServer.class).getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
