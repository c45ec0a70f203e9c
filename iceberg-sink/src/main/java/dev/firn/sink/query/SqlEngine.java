package dev.firn.sink.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQL engine in a process of its own, which speaks Trino's protocol. Nothing is worked out here: what this process spends on a question
 * are the {@value AnswerRows#MOST} rows of its answer at most, a page at a time. Safe for use by many threads.
 */
public final class SqlEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SqlEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final StatementPages pages;
    private final Duration longest;

    /** @param longest how long a question may take */
    public SqlEngine(URI address, String catalog, Duration longest) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.pages = new StatementPages(http, address, catalog);
        this.longest = longest;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws SqlException if there is none for a reason that who asked can mend
     * @throws IOException if the engine can't be reached, or says what is none of the protocol
     */
    public SqlAnswer ask(SqlQuestion question, String asker) throws SqlException, IOException, InterruptedException {
        long began = System.nanoTime();
        JsonNode page = pages.first(question, asker);
        String id = page.path("id").asText();
        AnswerRows rows = new AnswerRows();
        try {
            while (true) {
                rows.take(page);
                long nanos = System.nanoTime() - began;
                if (rows.isFull() || !page.has("nextUri")) {
                    return rows.answer(id, nanos / 1_000_000);
                }
                if (nanos > longest.toNanos()) {
                    throw new SqlException("no answer within " + longest.toSeconds() + " s");
                }
                page = pages.next(question, page.path("nextUri").asText());
            }
        } finally {
            forget(page);
        }
    }

    /** What the engine still works at, if anything. */
    private void forget(JsonNode page) throws InterruptedException {
        if (!page.has("nextUri")) {
            return;
        }
        try {
            pages.cancel(page.path("nextUri").asText());
        } catch (IOException e) {
            LOG.warn("The SQL engine could not be told that an answer is no longer wanted: {}", e.toString());
        }
    }
}
