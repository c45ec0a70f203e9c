package dev.firn.sink.management.dashboard;

import dev.firn.access.Access;
import dev.firn.access.Audit;
import dev.firn.access.Needs;
import dev.firn.sink.query.SqlAnswer;
import dev.firn.sink.query.SqlEngine;
import dev.firn.sink.query.SqlException;
import dev.firn.sink.query.SqlQuestion;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Questions in SQL, which an engine in another process answers. */
@Controller("/dashboard/query")
@Needs(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueryController {
    private static final int AT_A_TIME = 2;

    private final Optional<SqlEngine> engine;
    private final Map<String, SqlQuestion> asked = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    QueryController(DashboardSettings settings) {
        engine = settings.engine().map(address -> new SqlEngine(address, settings.sqlCatalog(), settings.sqlTime()));
    }

    /** @param id by which who asks can take it back: a name that nobody else thinks of */
    @Serdeable
    record Asked(String id, String sql) {}

    /** Answers 400 with what is wrong with the question, 429 while others ask, 501 without an engine, 503 if it does not answer. */
    @Post
    @Produces(MediaType.APPLICATION_JSON)
    String ask(HttpRequest<?> request, @Body Asked wanted) throws InterruptedException {
        SqlEngine engineToAsk = engine.orElseThrow(() -> new HttpStatusException(
                HttpStatus.NOT_IMPLEMENTED,
                "there is no SQL engine: firn.sink.dashboard.sql-engine says where one listens"));
        if (!turns.tryAcquire()) {
            throw new HttpStatusException(HttpStatus.TOO_MANY_REQUESTS, "others are asking, try again");
        }
        try {
            SqlQuestion question = SqlQuestion.of(wanted.sql());
            asked.put(wanted.id(), question);
            SqlAnswer answer = engineToAsk.ask(
                    question, request.getUserPrincipal().map(Principal::getName).orElse("nobody"));
            Audit.detail(
                    request, "query=" + answer.id() + " rows=" + answer.rows().size());
            return Answers.of(answer);
        } catch (SqlException e) {
            Audit.detail(request, "query=none");
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the SQL engine can't be asked now");
        } finally {
            asked.remove(wanted.id());
            turns.release();
        }
    }

    /** Takes a question back; whether it is still asked or not is the same to who does so. */
    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void stop(String id) {
        Optional.ofNullable(asked.get(id)).ifPresent(SqlQuestion::stop);
    }
}
