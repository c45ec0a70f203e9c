package dev.firn.local.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.query.SqlAnswer;
import dev.firn.sink.query.SqlEngine;
import dev.firn.sink.query.SqlException;
import dev.firn.sink.query.SqlQuestion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the sink's client sees it. */
class QueryServerTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) AS a, range(1000000000) AS b";

    @TempDir
    private Path folder;

    private Lake lake;
    private QueryServer server;
    private SqlEngine engine;

    @BeforeEach
    void start() throws Exception {
        lake = new Lake(folder);
        server = QueryServer.start(folder, 0);
        engine = new SqlEngine(URI.create(address()), "firn", Duration.ofMinutes(5));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        lake.close();
    }

    @Test
    void shouldAnswerWhenTablesAreAskedFor() throws Exception {
        // Given
        Table table = lake.create("shop.orders", SCHEMA, PartitionSpec.unpartitioned(), 2);
        Lake.append(table, List.of(Lake.record(SCHEMA, 9007199254740993L, "Ada"), Lake.record(SCHEMA, 2L, null)));

        // When
        SqlAnswer answer = ask("SELECT id, name, id > 2 AS large FROM shop.orders ORDER BY id DESC");

        // Then
        assertThat(answer.columns()).extracting(SqlAnswer.Column::numeric).containsExactly(true, false, false);
        assertThat(answer.rows().get(0)).containsExactly("9007199254740993", "Ada", "true");
        assertThat(answer.rows().get(1)).containsExactly("2", null, "false");
        assertThat(answer.more()).isFalse();
    }

    @Test
    void shouldAnswerWithTheFirstRowsWhenThereAreMore() throws Exception {
        // When
        SqlAnswer answer = ask("SELECT * FROM range(1000000)");

        // Then
        assertThat(answer.rows()).hasSize(1000);
        assertThat(answer.more()).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWhenAQuestionIs() {
        for (var wrong :
                List.of("SELECT nothing FROM nowhere", "SELECT * FROM read_csv('/etc/passwd')", "SELECT 1; SELECT 2")) {
            assertThatThrownBy(() -> ask(wrong)).as(wrong).isInstanceOf(SqlException.class);
        }
    }

    @Test
    void shouldGoOnWithOthersWhenQuestionsAreTakenBack() throws Exception {
        // Given
        for (int i = 0; i < 3; i++) {
            SqlQuestion question = SqlQuestion.of(ENDLESS);
            CompletableFuture<SqlAnswer> asked = CompletableFuture.supplyAsync(() -> asked(question));

            // When
            question.stop();

            // Then
            assertThatThrownBy(() -> asked.get(2, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("stopped");
        }
        assertThat(ask("SELECT 42").rows()).containsExactly(List.of("42"));
    }

    @Test
    void shouldRefuseAPageOfAnotherSiteWhenItAsks() throws Exception {
        // When
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/v1/statement"))
                .POST(BodyPublishers.ofString("SELECT 1"))
                .build();

        // Then
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(403);
    }

    private SqlAnswer ask(String sql) throws Exception {
        return engine.ask(SqlQuestion.of(sql), "ada");
    }

    private SqlAnswer asked(SqlQuestion question) {
        try {
            return engine.ask(question, "ada");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + server.port();
    }
}
