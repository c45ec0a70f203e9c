package dev.firn.sink.management.dashboard;

import dev.firn.sink.SinkPlan;
import dev.firn.sink.inspect.Rejected;
import dev.firn.sink.replay.Portion;
import dev.firn.sink.replay.QuarantinedRecord;
import dev.firn.sink.replay.Replayer;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.data.Record;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings records back from quarantine, each once for ever; by whom it may be asked is as for all that changes something. */
@Controller("/dashboard/quarantine")
@Requires(beans = Catalogued.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReplayController {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayController.class);
    private static final int BATCH = 500;
    private static final long MOST_BYTES = 32L << 20;

    private final Catalogued tables;
    private final Map<String, Object> clients;
    private final Clock clock;

    ReplayController(Catalogued tables, SinkPlan plan, Clock clock) {
        this.tables = tables;
        this.clients = Map.copyOf(plan.lanes().kafka());
        this.clock = clock;
    }

    /** All that a search finds, or as many of them as come back at a time. */
    @Post("/replay")
    Replayed replay(@Body QuarantineController.Search search) {
        return replay((rejected, visitor) -> rejected.each(search.from(clock.instant()), search.text(), visitor));
    }

    /** One record. */
    @Post("/record/replay")
    Replayed replay(@Body QuarantineController.Wanted wanted) {
        return replay((rejected, visitor) -> visitor.accept(wanted.row(rejected)));
    }

    /** Which rows of quarantine are meant. */
    private interface Which {
        void each(Rejected rejected, Consumer<Record> visitor);
    }

    private Replayed replay(Which which) {
        try {
            Replayed replayed = tables.lookAtQuarantine(table -> replay(new Rejected(table), which));
            LOG.info("Replayed sent={} before={} refused={}", replayed.sent(), replayed.before(), replayed.refused());
            return replayed;
        } catch (KafkaException e) {
            LOG.warn("Not replayed cause={}", e.toString());
            throw new HttpStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Kafka is not there, or somebody else replays: ask again, nothing is doubled");
        }
    }

    private Replayed replay(Rejected rejected, Which which) {
        try (Replayer replayer = Replayer.open(clients, tables::isUpsert, BATCH, clock)) {
            Portion portion = new Portion(MOST_BYTES);
            which.each(rejected, row -> {
                QuarantinedRecord record = QuarantinedRecord.of(row);
                if (!replayer.isBefore(record)) {
                    portion.offer(record);
                }
            });
            portion.inOrder(replayer::replay);
            return Replayed.of(replayer.finish(), portion.isFull());
        }
    }
}
