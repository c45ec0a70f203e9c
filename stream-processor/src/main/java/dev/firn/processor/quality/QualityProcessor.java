package dev.firn.processor.quality;

import dev.firn.processor.tick.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The way to quarantine: sends rejected records there, and counts what becomes of all, by the minute of Kafka's timestamp
 * and by rule. A minute's totals are sent at most once in an interval of wall clock time, while they change.
 */
public final class QualityProcessor extends ContextualProcessor<byte[], Outcome, byte[], byte[]> {
    private final Config config;
    private @Nullable MinuteCounts counts;
    private @Nullable QualityRow row;
    private @Nullable Ticks ticks;
    private long unsent;

    /** Of one source topic, and where to.
     *
     * @param store for the counts
     * @param unsent minutes whose totals are still to be sent, in all tasks of this process
     * @param rows child for totals
     * @param quarantine child for rejected records
     */
    public record Config(
            String topic, String store, Reporting reporting, AtomicLong unsent, String rows, String quarantine) {}

    /** How totals are sent.
     *
     * @param schemaId under which the registry holds the rows' schema
     * @param interval between two versions of a row, at least
     */
    public record Reporting(int schemaId, Duration interval) {}

    public QualityProcessor(Config config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        counts = new MinuteCounts(context.getStateStore(config.store));
        row = new QualityRow(config.topic, context.taskId().partition(), config.reporting.schemaId);
        ticks = new Ticks(context, config.reporting.interval, this::send);
        noteUnsent();
    }

    @Override
    public void process(Record<byte[], Outcome> record) {
        Outcome outcome = record.value();
        if (outcome instanceof Outcome.Taken taken) {
            counts().taken(record.timestamp(), taken.rules());
        } else if (outcome instanceof Outcome.Failing failing) {
            counts().failing(record.timestamp(), failing.rules());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            counts().rejected(record.timestamp(), rejected.reason());
            context().forward(record.withValue(rejected.row()), config.quarantine);
        }
        noteUnsent();
    }

    private void send(long now) {
        List<Long> changed = counts().unsent();
        if (changed.isEmpty()) {
            return;
        }
        QualityRow rows = Objects.requireNonNull(row, "init comes first");
        for (long minute : changed) {
            counts().totals(minute)
                    .forEach((rule, totals) -> context().forward(rows.of(minute, rule, totals, now), config.rows));
        }
        counts().sent();
        noteUnsent();
    }

    private void noteUnsent() {
        long now = counts().unsentMinutes();
        if (now != unsent) {
            config.unsent.addAndGet(now - unsent);
            unsent = now;
        }
        Objects.requireNonNull(ticks, "init comes first").need(now > 0);
    }

    private MinuteCounts counts() {
        return Objects.requireNonNull(counts, "init comes first");
    }

    @Override
    public void close() {
        config.unsent.addAndGet(-unsent);
        unsent = 0;
    }
}
