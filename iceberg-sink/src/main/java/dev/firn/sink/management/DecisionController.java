package dev.firn.sink.management;

import dev.firn.access.Audit;
import dev.firn.sink.commit.Decision;
import dev.firn.sink.commit.NothingToDecideException;
import dev.firn.sink.config.RunningSink;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Takes an operator's decision about a table that has stopped. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DecisionController {
    private final RunningSink running;

    DecisionController(RunningSink running) {
        this.running = running;
    }

    /** What is decided.
     *
     * @param decision a {@link Decision.Kind}, as people write it
     * @param by who decides; stands in the ledger from then on
     */
    @Serdeable
    record Request(@Nullable String decision, @Nullable String by) {}

    /** Answers 400 for a request that says too little, 409 if the table is in no state that the decision is for. */
    @Post("/tables/{name}/decision")
    Decided decide(HttpRequest<?> http, String name, @Body Request request) {
        Decision.Kind kind = Decision.Kind.parse(String.valueOf(request.decision()))
                .orElseThrow(() -> refusal(HttpStatus.BAD_REQUEST, "decision: one of " + kinds()));
        Audit.detail(http, "decision=" + kind.text());
        String by = request.by();
        if (by == null || by.isBlank()) {
            throw refusal(HttpStatus.BAD_REQUEST, "by: who decides");
        }
        try {
            return running.sink()
                    .map(sink -> Decided.of(sink.decide(TableIdentifier.parse(name), kind, by)))
                    .orElseThrow(() -> refusal(HttpStatus.SERVICE_UNAVAILABLE, "the catalog can't be opened yet"));
        } catch (NothingToDecideException e) {
            throw refusal(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    private static String kinds() {
        return Stream.of(Decision.Kind.values()).map(Decision.Kind::text).collect(Collectors.joining(", "));
    }

    private static HttpStatusException refusal(HttpStatus status, String why) {
        return new HttpStatusException(status, why);
    }
}
