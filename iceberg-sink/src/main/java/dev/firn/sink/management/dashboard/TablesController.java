package dev.firn.sink.management.dashboard;

import dev.firn.access.Access;
import dev.firn.access.Needs;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.inspect.Anatomy;
import dev.firn.sink.inspect.Sample;
import dev.firn.sink.inspect.TopicSchemas;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** What tables are made of, what they held, and by which schemas their topics are written. */
@Controller("/dashboard")
@Requires(beans = Catalogued.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TablesController {
    private static final int MOST_ROWS = 100;

    private final Catalogued tables;
    private final SchemaRegistry registry;

    TablesController(Catalogued tables, SchemaRegistry registry) {
        this.tables = tables;
        this.registry = registry;
    }

    @Get("/tables/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    String table(String name) {
        return tables.look(name, table -> Answers.of(Anatomy.of(table)));
    }

    /** Which rows: those of a snapshot, or those that it added, or those of a time.
     *
     * @param snapshot an id, as text
     * @param time ISO, in UTC where it names no zone
     */
    @Serdeable
    record Wanted(
            String table,
            @Nullable String snapshot,
            @Nullable String time,
            @Nullable Boolean added) {}

    /** What records held is shown: so this is a request that wants permission, like those that change something. */
    @Post("/rows")
    @Needs(Access.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    String rows(@Body Wanted wanted) {
        return tables.look(wanted.table(), table -> Answers.of(sample(table, wanted)));
    }

    private static Sample sample(Table table, Wanted wanted) {
        long snapshot = snapshot(table, wanted);
        return Boolean.TRUE.equals(wanted.added())
                ? Sample.addedBy(table, snapshot, MOST_ROWS)
                : Sample.asOf(table, snapshot, MOST_ROWS);
    }

    private static long snapshot(Table table, Wanted wanted) {
        if (wanted.snapshot() != null) {
            return Long.parseLong(wanted.snapshot());
        }
        if (wanted.time() == null) {
            throw new IllegalArgumentException("snapshot or time: which rows are wanted");
        }
        return Sample.at(table, instant(wanted.time()).toEpochMilli())
                .orElseThrow(
                        () -> new IllegalArgumentException("the table has no snapshot from before " + wanted.time()));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.endsWith("Z") ? text : text + (text.length() == 16 ? ":00Z" : "Z"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time like 2026-01-31T12:00:00", e);
        }
    }

    @Get("/topics/{topic}")
    @Produces(MediaType.APPLICATION_JSON)
    String topic(String topic) {
        try {
            return TopicSchemas.of(registry, topic)
                    .map(Answers::of)
                    .orElseThrow(() ->
                            new HttpStatusException(HttpStatus.NOT_FOUND, "the registry knows no schema of " + topic));
        } catch (RegistryUnavailableException e) {
            throw new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the registry can't be asked");
        }
    }
}
