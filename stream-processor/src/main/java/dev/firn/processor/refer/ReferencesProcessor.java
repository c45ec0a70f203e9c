package dev.firn.processor.refer;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Probed;
import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Flat;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Rejects;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.tick.Ticks;
import dev.firn.processor.wait.Arrivals;
import dev.firn.processor.wait.Guarded;
import dev.firn.processor.wait.Missing;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.processor.wait.Slice;
import dev.firn.processor.wait.WaitFront;
import dev.firn.processor.wait.Waiting;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a record wait until all is there that it refers to, for a bounded time by wall clock, in which the topics that it
 * refers to must have kept up. After that it goes to quarantine, or on, where the rule only warns.
 */
public final class ReferencesProcessor extends ContextualProcessor<byte[], Flat, byte[], Object> {
    /** Of a thread's time, at most, and for each of its tasks, is for those who wait. */
    private static final int SHARE_OF_TIME = 8;

    private final Config config;
    private final Intake intake;
    private final Map<String, Known> known = new HashMap<>();
    private final Waiting.Visitor visitor = new Guarded(
            new Waiting.Visitor() {
                @Override
                public @Nullable Missing visit(Source source) {
                    return goOn(source);
                }

                @Override
                public void giveUp(Source source, Missing missing) {
                    decide(source);
                }
            },
            this::reject);
    private @Nullable Waiting waiting;
    private @Nullable Ticks ticks;
    /** Null before the first, since it may be another version that was there before. */
    private @Nullable OptionalLong toldFront;

    /** What may be referred to, how long is waited for it, and where to.
     *
     * @param known where the topics' keys are
     * @param store for those who wait
     * @param patience how long they do, at least
     * @param retry how often those are looked at who may go on
     * @param progress while this is behind, whoever misses something waits
     * @param inOrder whether those who came after one who waits wait, too, so that a partition's order is kept
     * @param fronts child that is told of those who wait, as {@link WaitFront} has it; only in order
     */
    public record Config(
            List<Lookup> known,
            String store,
            Duration patience,
            Duration retry,
            ReferenceProgress progress,
            boolean inOrder,
            Optional<String> fronts,
            Arrivals arrivals,
            Intake.Shape shape,
            Intake.Means means,
            Rejects rejects,
            String next,
            String quarantine) {
        Tally tally() {
            return means.tally();
        }
    }

    private record Known(Lookup lookup, KeyValueStore<byte[], byte[]> keys) {}

    private record Broken(FieldRule rule, Missing missing) {}

    public ReferencesProcessor(Config config) {
        this.config = config;
        this.intake = new Intake(config.shape, config.means);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        for (Lookup each : config.known) {
            known.put(each.topic(), new Known(each, context.getStateStore(each.store())));
        }
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.store);
        // of a task that is revived, what was told last may have been undone
        toldFront = null;
        waiting = new Waiting(store, config.arrivals, config.tally().waiting());
        ticks = new Ticks(context, config.retry, this::retry);
        noteNeed();
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        if (config.inOrder && waiting().isAny()) {
            waiting().lookAtFirst(now(context().currentSystemTimeMs()), visitor);
        }
        Flat flat = record.value();
        Missing missing = firstMissing(flat);
        if (missing == null && !(config.inOrder && waiting().isAny())) {
            context().forward(record, config.next);
            return;
        }
        Source source = flat.source(context(), record);
        waiting().add(source, context().currentSystemTimeMs(), missing == null ? null : missing.awaited());
        if (toldFront == null || toldFront.isEmpty()) {
            tellFront();
        }
        noteNeed();
    }

    /** As long as some wait, or others take some for waiting. */
    private void noteNeed() {
        boolean isFrontTold = config.fronts.isEmpty() || (toldFront != null && toldFront.isEmpty());
        ticks().need(waiting().isAny() || !isFrontTold);
    }

    private Waiting.Now now(long millis) {
        return Waiting.Now.of(config.progress, millis, config.patience);
    }

    private void retry(long now) {
        Waiting.Now at = now(now);
        Slice slice = Slice.of(config.retry.dividedBy(SHARE_OF_TIME), System::nanoTime);
        if (config.inOrder) {
            waiting().lookInOrder(at, slice, visitor);
            tellFront();
        } else {
            waiting().look(at, slice, visitor);
        }
        noteNeed();
    }

    /** In one transaction with the offset of those who wait, and with what comes of those who go on. */
    private void tellFront() {
        if (config.fronts.isEmpty()) {
            return;
        }
        OptionalLong front = waiting().front(toldFront == null ? OptionalLong.empty() : toldFront);
        if (!front.equals(toldFront)) {
            toldFront = front;
            byte[] key = WaitFront.key(context().taskId().partition());
            Record<byte[], byte @Nullable []> told =
                    new Record<>(key, WaitFront.value(front), context().currentSystemTimeMs());
            context().forward(told, config.fronts.get());
        }
    }

    private @Nullable Missing goOn(Source source) {
        Flat flat = taken(source);
        Missing missing = firstMissing(flat);
        if (missing == null) {
            forward(source, flat);
        }
        return missing;
    }

    private void decide(Source source) {
        Flat flat = taken(source);
        List<FieldRule> broken = broken(flat).stream().map(Broken::rule).toList();
        if (broken.stream().anyMatch(rule -> rule.severity() == Severity.ERROR)) {
            config.rejects.failsBy(broken, source.timestamp(), told -> context().forward(told, config.quarantine));
            reject(source, Rejection.byReferences(broken, config.patience, WireFormat.schemaId(flat.value())));
        } else {
            forward(source, flat.with(broken));
        }
    }

    /** The record once more. */
    private Flat taken(Source source) {
        return intake.again(Objects.requireNonNull(source.value(), "only records with a value wait"), source.topic())
                .from(source);
    }

    private void forward(Source source, Flat flat) {
        context().forward(new Record<>(source.key(), flat, source.timestamp(), source.headers()), config.next);
    }

    private void reject(Source source, Rejection rejection) {
        context().forward(config.rejects.of(source, rejection, source.timestamp()), config.quarantine);
    }

    private @Nullable Missing firstMissing(Flat flat) {
        // what fails already need not wait
        List<Broken> broken = flat.isRefused() ? List.of() : broken(flat);
        return broken.isEmpty() ? null : broken.get(0).missing;
    }

    private List<Broken> broken(Flat flat) {
        List<Broken> broken = List.of();
        for (Probed probed : flat.probed()) {
            Missing missing =
                    probed.probe().rule().rule() instanceof Rule.References rule ? missing(probed, rule) : null;
            if (missing != null) {
                broken = broken.isEmpty() ? new ArrayList<>() : broken;
                broken.add(new Broken(probed.probe().rule(), missing));
            }
        }
        return broken;
    }

    private @Nullable Missing missing(Probed probed, Rule.References rule) {
        Known in = Objects.requireNonNull(known.get(rule.topic()), "others are refused");
        for (Object value : probed.values()) {
            byte[] key = KeyText.of(value);
            if (in.keys.get(key) == null) {
                return new Missing(
                        probed.probe().rule().path().toString(),
                        in.lookup.awaited().apply(key));
            }
        }
        return null;
    }

    private Ticks ticks() {
        return Objects.requireNonNull(ticks, "init comes first");
    }

    private Waiting waiting() {
        return Objects.requireNonNull(waiting, "init comes first");
    }

    @Override
    public void close() {
        if (waiting != null) {
            waiting.close();
        }
    }
}
