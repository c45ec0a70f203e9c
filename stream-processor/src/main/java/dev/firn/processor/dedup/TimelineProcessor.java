package dev.firn.processor.dedup;

import dev.firn.processor.decode.Flat;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.quarantine.Source;
import dev.firn.quarantine.Reason;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Puts a partition's records on its time line. Decides about the rules that know of earlier records, and with them about all:
 * what fails one goes to quarantine, with every rule that it fails; what was seen before is dropped; late records are told;
 * the newest event time is kept. A function of the partition's order alone.
 */
public final class TimelineProcessor<V> extends ContextualProcessor<byte[], Flat, byte[], Object> {
    private final Config<V> config;
    private @Nullable History history;
    /** Whether the row of the record at hand was sent: one that fails further down comes back, and is no duplicate then. */
    private boolean sent;

    /** Of a time line.
     *
     * @param grace a record that is older than the newest by more than this is late
     * @param maxAhead a record is refused that is ahead of its own timestamp by more than this, and of the newest, too: one bad
     *     clock must not make all others late. Time that is simulated may well go beyond Kafka's, and begin anywhere
     */
    public record Bounds(Duration grace, Duration maxAhead) {
        boolean isAhead(long time, long newest, long timestamp) {
            return newest != Recent.NOTHING
                    && time > 0
                    && time - TimeUnit.MILLISECONDS.toMicros(maxAhead.toMillis())
                            > Math.max(newest, TimeUnit.MILLISECONDS.toMicros(timestamp));
        }
    }

    /** What is made of records, and where to.
     *
     * @param bounds of its time line
     * @param as what the children take
     * @param all child for every record, which says of each whether its row was sent
     * @param onTime children for records that are not late
     * @param quarantine child for those that fail, which is told of warnings, too
     */
    public record Config<V>(
            History.Stores stores,
            Bounds bounds,
            Rejects rejects,
            Function<Timed, V> as,
            String all,
            List<String> onTime,
            String quarantine) {}

    public TimelineProcessor(Config<V> config) {
        this.config = config;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        history = History.in(context, config.stores);
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        History before = history();
        Flat flat = record.value();
        Verdict verdict = before.judge(flat, record.key());
        // what other rules have against it they did not have when it came first
        if (verdict.isDuplicate() && !flat.isRefused()) {
            config.rejects.tally().duplicate();
            return;
        }
        if (config.rejects.failsBy(verdict.failures(), record.timestamp(), this::tell)) {
            reject(record, Rejection.byRules(verdict.failures(), schemaId(flat)));
            return;
        }
        long time = flat.eventTime().orElse(TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
        if (config.bounds.isAhead(time, before.newest(), record.timestamp())) {
            String detail = "more than " + config.bounds.maxAhead + " ahead of Kafka's time and of its partition's";
            reject(record, new Rejection(Reason.AHEAD_OF_TIME, detail, null, schemaId(flat)));
            return;
        }
        goOn(record, verdict, time);
    }

    private void goOn(Record<byte[], Flat> record, Verdict verdict, long time) {
        Flat flat = record.value();
        History before = history();
        long grace = TimeUnit.MILLISECONDS.toMicros(config.bounds.grace.toMillis());
        boolean late = before.newest() != Recent.NOTHING && time < before.newest() - grace;
        long watermark = Math.max(before.newest(), time) - grace;
        Timed timed = new Timed(flat, time, watermark, late, verdict.failures(), this::markSent);
        Record<byte[], Object> next = record.withValue(config.as.apply(timed));
        if (isSent(next)) {
            before.add(flat, verdict, record.key(), time);
            tellWindows(next, late);
        }
    }

    private void tell(Record<byte[], Object> outcome) {
        context().forward(outcome, config.quarantine);
    }

    private static int schemaId(Flat flat) {
        return WireFormat.schemaId(flat.value());
    }

    private History history() {
        return Objects.requireNonNull(history, "init comes first");
    }

    private void reject(Record<byte[], Flat> record, Rejection rejection) {
        Source source = record.value().source(context(), record);
        context().forward(config.rejects.of(source, rejection, record.timestamp()), config.quarantine);
    }

    private boolean isSent(Record<byte[], Object> next) {
        sent = false;
        context().forward(next, config.all);
        return sent;
    }

    private void markSent() {
        sent = true;
    }

    private void tellWindows(Record<byte[], Object> next, boolean late) {
        if (late) {
            config.rejects.tally().late();
            return;
        }
        for (String child : config.onTime) {
            context().forward(next, child);
        }
    }
}
