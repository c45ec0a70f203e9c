package dev.firn.sink.management;

import dev.firn.access.Audit;
import dev.firn.sink.Sink;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.maintain.ErasingException;
import dev.firn.sink.maintain.ErasureJob;
import dev.firn.sink.maintain.Erasures;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has a person's rows erased, and says how far that is. */
@Controller("/erase")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ErasureController {
    private final RunningSink running;

    ErasureController(RunningSink running) {
        this.running = running;
    }

    /**
     * Answers 202 with where to look; 400 if a value is none of its column's, 409 while another one runs. The same again, while it
     * runs, is answered with the one that runs.
     */
    @Post
    HttpResponse<?> erase(
            HttpRequest<?> request, @Body ErasureRequest wanted, @QueryValue(defaultValue = "false") boolean dryRun) {
        try {
            ErasureJob job = erasures().begin(wanted.key(), dryRun);
            Audit.detail(request, "erasure=" + job.id() + " columns=" + job.columns() + " dry_run=" + dryRun);
            return HttpResponse.accepted(place(job.id())).body(ErasureStatus.of(job));
        } catch (ErasingException e) {
            return HttpResponse.status(HttpStatus.CONFLICT)
                    .header(HttpHeaders.LOCATION, place(e.id()).toString())
                    .body(Map.of("message", String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** The last ones that this process was asked for, the newest first. */
    @Get
    List<ErasureStatus> erasuresAskedFor() {
        return erasures().last().stream().map(ErasureStatus::of).toList();
    }

    /** Answers 404 for one that this process was not asked for since its start. */
    @Get("/{id}")
    Optional<ErasureStatus> erasure(String id) {
        return erasuresAskedFor().stream()
                .filter(status -> status.id().equals(id))
                .findFirst();
    }

    private static URI place(Object id) {
        return URI.create("/erase/" + id);
    }

    private Erasures erasures() {
        return running.sink()
                .map(Sink::erasures)
                .orElseThrow(() ->
                        new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the catalog can't be opened yet"));
    }
}
