package dev.firn.registry;

import static dev.firn.registry.RegistryServer.hangUp;
import static dev.firn.registry.RegistryServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.Secret;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentRegistryTest extends SchemaRegistryConformance {
    private static final Schema SCHEMA =
            SchemaBuilder.record("Point").fields().requiredInt("x").endRecord();

    private final RegistryServer server = new RegistryServer();
    private final AtomicLong nanoTime = new AtomicLong();
    private final RegistryConfig config = RegistryConfig.of(server.url())
            .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(500))
            .withRetries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(5)));
    private final ConfluentRegistry registry = new ConfluentRegistry(config, nanoTime::get);

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected SchemaRegistry registry() {
        return registry;
    }

    @Override
    protected SchemaRegistry fresh() {
        return new ConfluentRegistry(config);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void shouldAskAgainWhenTheServerHasTrouble(int status) {
        // Given
        int id = server.registry().register("s", SCHEMA);
        server.failNext(status(status, "oops"), status(status, ""));

        // When
        Schema found = registry.byId(id);

        // Then
        assertThat(found).isEqualTo(SCHEMA);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldAskAgainWhenTheConnectionBreaks() {
        // Given
        server.failNext(hangUp(), hangUp());

        // When
        int id = registry.register("s", SCHEMA);

        // Then
        assertThat(server.registry().byId(id)).isEqualTo(SCHEMA);
    }

    @Test
    void shouldReportAnOutageWhenTheTroubleLasts() {
        // Given
        server.failNext(status(500, ""), status(503, ""), status(500, ""), status(500, ""));

        // When, Then
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("it answers 500, after 3 attempts")
                .hasMessageContaining("/schemas/ids/1");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldReportAnOutageWhenNobodyListens() {
        // Given
        server.close();

        // When, Then
        assertThatThrownBy(() -> registry.latest("s"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void shouldReportAnOutageWhenAnswersNeverComeOrNeverEnd() {
        // Given
        CountDownLatch end = new CountDownLatch(1);
        RegistryServer.Fault silent = exchange -> await(end);
        RegistryServer.Fault endless = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        };
        server.failNext(silent, endless, silent);

        // When, Then
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no answer within PT0.5S");
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldReportAnOutageAtOnceWhenCredentialsAreRefused(int status) {
        // Given
        server.failNext(status(status, "{\"error_code\": " + status + ", \"message\": \"no\"}"));

        // When, Then
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("credentials");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotTakeAnIdForUnknownWhenSomethingElseAnswersNotFound() {
        // Given
        server.failNext(status(404, "<html>no such page</html>"), status(404, ""), status(200, "welcome"));

        // When, Then
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("is the URL right?");
    }

    @Test
    void shouldGiveTheRegistrysReasonWhenItRefuses() {
        // Given
        server.failNext(status(422, "{\"error_code\": 42201, \"message\": \"Invalid schema\"}"));

        // When, Then
        assertThatThrownBy(() -> registry.register("s", SCHEMA))
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining("Invalid schema (42201)");
    }

    @Test
    void shouldAskOnceWhenTheSameIdIsLookedUpAgain() {
        // Given
        int id = server.registry().register("s", SCHEMA);
        Schema first = registry.byId(id);

        // When
        Schema second = registry.byId(id);

        // Then
        assertThat(second).isSameAs(first);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldAskOnceWhenTheSameSchemaIsRegisteredAgain() {
        // Given
        registry.register("s", SCHEMA);

        // When
        registry.register("s", new Schema.Parser().parse(SCHEMA.toString()));

        // Then
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRememberAnUnknownIdOnlyForAWhile() {
        // Given
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(UnknownSchemaException.class);
        server.registry().register("s", SCHEMA);
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(UnknownSchemaException.class);
        int before = server.requests().size();

        // When
        nanoTime.addAndGet(config.unknownFor().toNanos());
        Schema found = registry.byId(1);

        // Then
        assertThat(found).isEqualTo(SCHEMA);
        assertThat(before).isEqualTo(1);
    }

    @Test
    void shouldForgetTheOldestWhenTheCacheIsFull() {
        // Given
        ConfluentRegistry small = new ConfluentRegistry(config.withCache(2, Duration.ZERO));
        for (int x = 0; x < 3; x++) {
            server.registry()
                    .register("s", SchemaBuilder.record("R" + x).fields().endRecord());
        }

        // When
        small.byId(1);
        small.byId(2);
        small.byId(3);
        small.byId(2);
        small.byId(1);

        // Then
        assertThat(server.requests())
                .containsExactly(
                        "GET /schemas/ids/1", "GET /schemas/ids/2", "GET /schemas/ids/3", "GET /schemas/ids/1");
    }

    @Test
    void shouldAskTheNextUrlWhenTheFirstDoesNotAnswer() {
        // Given
        server.registry().register("s", SCHEMA);
        ConfluentRegistry both = new ConfluentRegistry(
                RegistryConfig.of("http://127.0.0.1:1, " + server.url() + "/").withRetries(config.retries()));

        // When
        Schema found = both.byId(1);

        // Then
        assertThat(found).isEqualTo(SCHEMA);
    }

    @Test
    void shouldResolveReferencesWhenASchemaIsMadeOfSeveral() {
        // Given
        String outer =
                "{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"Line\\\", \\\"fields\\\": [{\\\"name\\\": \\\"from\\\", \\\"type\\\": \\\"Point\\\"}]}";
        server.registry().register("point", SCHEMA);
        server.failNext(status(
                200,
                "{\"schema\": \"" + outer
                        + "\", \"references\": [{\"name\": \"Point\", \"subject\": \"point\", \"version\": 1}]}"));

        // When
        Schema line = registry.byId(9);

        // Then
        assertThat(line.getField("from").schema()).isEqualTo(SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"schema\": \"{}\", \"schemaType\": \"JSON\"}", "{\"schema\": \"{\\\"type\\\": \\\"odd\\\"}\"}"
            })
    void shouldSayUnknownWhenTheSchemaIsNotAvro(String answer) {
        // Given
        server.failNext(status(200, answer));

        // When, Then
        assertThatThrownBy(() -> registry.byId(9)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldSendCredentialsAndNeverShowThem() {
        // Given
        BasicAuth auth = new BasicAuth("ada", new Secret("s3cr3t"));
        RegistryConfig withAuth = config.withAuth(auth);
        StringBuilder seen = new StringBuilder();
        server.failNext(exchange -> {
            seen.append(exchange.getRequestHeaders().getFirst("Authorization"));
            status(401, "").answer(exchange);
        });

        // When, Then
        assertThatThrownBy(() -> new ConfluentRegistry(withAuth).byId(1)).hasMessageNotContaining("s3cr3t");
        assertThat(seen).hasToString("Basic YWRhOnMzY3IzdA==");
        assertThat(withAuth.toString()).contains("ada").doesNotContain("s3cr3t");
        assertThat(new ConfluentRegistry(withAuth).toString()).doesNotContain("s3cr3t");
    }

    @Test
    void shouldKeepTheInterruptWhenItIsInterrupted() {
        // Given
        Thread.currentThread().interrupt();

        // When, Then
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
