package dev.firn.sink.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against pages as Trino answers them. */
class SqlEngineTest {
    private static final String COLUMNS = """
            "columns": [{"name": "id", "type": "bigint"}, {"name": "at", "type": "timestamp(6)"}, {"name": "x", "type": "decimal(38, 2)"}]""";
    private static final String NEXT = "\"nextUri\": \"http://elsewhere:1/v1/statement/executing/q1/y1/%d?slug=s\"";

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private SqlEngine engine;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String answer = exchange.getRequestMethod().equals("DELETE") ? "204" : answers.remove();
            boolean isStatus = answer.length() == 3;
            byte[] body = isStatus ? new byte[0] : answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(isStatus ? Integer.parseInt(answer) : 200, isStatus ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        engine = engine(Duration.ofMinutes(5));
    }

    private SqlEngine engine(Duration longest) {
        return new SqlEngine(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "firn", longest);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldAnswerWithAllPagesAndDigitsWhenThereAreSeveral() throws Exception {
        // Given
        answers.add("503");
        answers.add(page(next(1)));
        answers.add(page(next(2), COLUMNS, "\"data\": [[9007199254740993, \"2026-01-01 00:00:00\", \"1.10\"]]"));
        answers.add(page(COLUMNS, "\"data\": [[null, null, null]]"));

        // When
        SqlAnswer answer = engine.ask(SqlQuestion.of("SELECT 1;"), "ada");

        // Then
        assertThat(answer.id()).isEqualTo("q1");
        assertThat(answer.columns()).extracting(SqlAnswer.Column::numeric).containsExactly(true, false, true);
        assertThat(answer.rows())
                .containsExactly(
                        List.of("9007199254740993", "2026-01-01 00:00:00", "1.10"), Arrays.asList(null, null, null));
        assertThat(answer.more()).isFalse();
        assertThat(requests)
                .containsExactly(
                        "POST /v1/statement",
                        "POST /v1/statement",
                        "GET /v1/statement/executing/q1/y1/1?slug=s&targetResultSize=1MB",
                        "GET /v1/statement/executing/q1/y1/2?slug=s&targetResultSize=1MB");
    }

    @Test
    void shouldHaveTheEngineForgetTheRestWhenThereAreMoreRowsThanAreShown() throws Exception {
        // Given
        String rows = IntStream.rangeClosed(0, AnswerRows.MOST)
                .mapToObj(row -> "[" + row + "]")
                .collect(Collectors.joining(","));
        answers.add(
                page(next(1), "\"columns\": [{\"name\": \"id\", \"type\": \"bigint\"}]", "\"data\": [" + rows + "]"));

        // When
        SqlAnswer answer = engine.ask(SqlQuestion.of("SELECT 1"), "ada");

        // Then
        assertThat(answer.rows()).hasSize(AnswerRows.MOST);
        assertThat(answer.more()).isTrue();
        assertThat(requests).last().isEqualTo("DELETE /v1/statement/executing/q1/y1/1?slug=s");
    }

    @Test
    void shouldTellWhatTheEngineSaysWhenItRefuses() {
        // Given
        answers.add(page("\"error\": {\"message\": \"line 1:8: Column 'x' cannot be resolved\"}"));

        // Then
        assertThatThrownBy(() -> engine.ask(SqlQuestion.of("SELECT x"), "ada"))
                .isInstanceOf(SqlException.class)
                .hasMessage("line 1:8: Column 'x' cannot be resolved");
    }

    @Test
    void shouldHaveTheEngineStopWhenTheQuestionIsTakenBack() throws Exception {
        // Given
        SqlQuestion question = SqlQuestion.of("SELECT 1");
        server.removeContext("/");
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod());
            question.stop();
            byte[] body = page(next(1)).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        // Then
        assertThatThrownBy(() -> engine.ask(question, "ada")).hasMessage("stopped");
        assertThat(requests).containsExactly("POST", "DELETE");
    }

    @Test
    void shouldHaveTheEngineStopWhenItTakesTooLong() {
        // Given
        answers.add(page(next(1)));

        // Then
        assertThatThrownBy(() -> engine(Duration.ZERO).ask(SqlQuestion.of("SELECT 1"), "ada"))
                .hasMessageContaining("no answer within");
        assertThat(requests).last().asString().startsWith("DELETE");
    }

    @Test
    void shouldGoNowhereElseWhenAPageNamesAPlaceThatIsNoStatements() {
        // Given
        answers.add(page("\"nextUri\": \"http://elsewhere:1/v1/query/../secrets\""));

        // Then
        assertThatThrownBy(() -> engine.ask(SqlQuestion.of("SELECT 1"), "ada")).isInstanceOf(IOException.class);
        assertThat(requests).containsExactly("POST /v1/statement");
    }

    private static String next(int page) {
        return NEXT.formatted(page);
    }

    private static String page(String... parts) {
        return "{\"id\": \"q1\", " + String.join(", ", parts) + "}";
    }
}
