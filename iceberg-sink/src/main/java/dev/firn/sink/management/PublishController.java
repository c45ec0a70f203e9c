package dev.firn.sink.management;

import dev.firn.access.Audit;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.publish.CannotPublishException;
import dev.firn.sink.publish.Publication;
import dev.firn.sink.publish.Publisher;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Shows to readers of main what was committed to a branch and looked at there. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class PublishController {
    private final RunningSink running;

    PublishController(RunningSink running) {
        this.running = running;
    }

    /**
     * Publishes, or only says what would be. Answers 404 if there is no such table, 409 if it can't be published, and why.
     *
     * @param snapshot the newest of the branch's to be published, as a dry run has named it; all that there are by now without it
     */
    @Post("/tables/{name}/publish")
    Optional<Published> publish(
            HttpRequest<?> http,
            String name,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @QueryValue Long snapshot) {
        Publisher publisher = running.sink()
                .orElseThrow(() ->
                        new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the catalog can't be opened yet"))
                .publisher();
        TableIdentifier table = TableIdentifier.parse(name);
        OptionalLong upTo = snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot);
        try {
            Optional<Publication> publication = dryRun ? publisher.plan(table, upTo) : publisher.publish(table, upTo);
            Optional<Published> published = publication.map(Published::of);
            published.ifPresent(it -> Audit.detail(http, "dryRun=" + dryRun + " snapshot=" + it.snapshot()));
            return published;
        } catch (CannotPublishException e) {
            throw new HttpStatusException(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }
}
