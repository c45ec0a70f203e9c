package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.access.Access;
import dev.firn.access.Needs;
import dev.firn.quarantine.Replay;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.inspect.Masked;
import dev.firn.sink.inspect.Rejected;
import dev.firn.sink.replay.QuarantinedRecord;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** What could not go on: how much and why, which records, and one of them. */
@Controller("/dashboard/quarantine")
@Requires(beans = Catalogued.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QuarantineController {
    private static final int SLICES = 60;
    private static final int MOST = 200;
    private static final int MOST_HOURS = 24 * 31;

    private final Catalogued tables;
    private final Masked masked;
    private final Clock clock;

    QuarantineController(Catalogued tables, SchemaRegistry registry, Clock clock) {
        this.tables = tables;
        this.masked = new Masked(registry);
        this.clock = clock;
    }

    /** Counts by topic, reason and field over the last hours. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    String counts(@QueryValue(defaultValue = "1") int hours) {
        Instant now = clock.instant();
        return tables.lookAtQuarantine(table -> Answers.of(new Rejected(table).counts(since(now, hours), now, SLICES)));
    }

    /** What is looked for: words that all occur somewhere, in the last hours. */
    @Serdeable
    record Search(@Nullable String words, int hours) {
        String text() {
            return words == null ? "" : words;
        }

        Instant from(Instant now) {
            return since(now, hours);
        }
    }

    @Post("/search")
    @Needs(Access.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    String search(@Body Search search) {
        Instant from = search.from(clock.instant());
        return tables.lookAtQuarantine(table -> Answers.of(new Rejected(table).search(from, search.text(), MOST)));
    }

    /** Which record: where it stood, and what for it was meant. */
    @Serdeable
    record Wanted(String topic, int partition, long offset, String target) {
        /** Its row; 404 without it. */
        Record row(Rejected rejected) {
            return rejected.row(topic, partition, offset, target)
                    .orElseThrow(
                            () -> new HttpStatusException(HttpStatus.NOT_FOUND, "quarantine holds no such record"));
        }
    }

    @Post("/record")
    @Needs(Access.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    String record(@Body Wanted wanted) {
        return shown(tables.lookAtQuarantine(table -> wanted.row(new Rejected(table))))
                .toString();
    }

    private ObjectNode shown(Record row) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String column : new String[] {
            "source_topic",
            "partition",
            "offset",
            "timestamp",
            "target",
            "stage",
            "reason",
            "detail",
            "field",
            "schema_id",
            "quarantined_at"
        }) {
            Object value = row.getField(column);
            shown.put(column, value == null ? null : value.toString());
        }
        QuarantinedRecord record = QuarantinedRecord.of(row);
        shown.set("value", masked.value(record.value(), Replay.topicOf(record.first())));
        byte[] key = record.key();
        shown.put("key", key == null ? null : key.length + " bytes");
        return shown;
    }

    private static Instant since(Instant now, int hours) {
        return now.minus(Duration.ofHours(Math.max(1, Math.min(MOST_HOURS, hours))));
    }
}
