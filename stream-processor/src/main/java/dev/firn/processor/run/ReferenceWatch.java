package dev.firn.processor.run;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Knows how far applications are with the topics of references, and this instance's stores with what came of them. */
final class ReferenceWatch implements ReferenceProgress, AutoCloseable {
    private final References references;
    private final CatchUp catchUp;
    private final PositionWatch<CatchUp.Sample> watch;
    private volatile long currentSince = BEHIND;
    private volatile long takenInUntil;

    /** What is referred to.
     *
     * @param groups that take it in
     * @param cleaned topics that they write, which this instance's global stores are filled from
     * @param applied how far these are
     * @param fronts asks which records wait, as in {@link CatchUp.Sample}; nothing if none ever does
     */
    record References(
            List<Group> groups,
            List<String> cleaned,
            AppliedPositions applied,
            Optional<Supplier<ToLongFunction<TopicPartition>>> fronts) {}

    /** Begins to watch.
     *
     * @param admin stays the caller's, to be closed after this
     * @param tolerance as in {@link CatchUp}
     */
    ReferenceWatch(Admin admin, References references, Duration tolerance, Clock clock) {
        this.references = references;
        this.catchUp = new CatchUp(tolerance, references.fronts.isPresent());
        this.watch = new PositionWatch<>("reference-watch", admin, this::ask, clock, this::answered);
        watch.start();
    }

    @Override
    public long currentSince() {
        return currentSince;
    }

    @Override
    public long takenInUntil() {
        return takenInUntil;
    }

    private CatchUp.Sample ask(LagMeter meter) {
        Map<TopicPartition, LagMeter.Position> inputs = new HashMap<>();
        references.groups.forEach(group -> inputs.putAll(meter.positions(group)));
        Map<TopicPartition, LagMeter.Position> stores = meter.positions(references.cleaned, references.applied::of);
        ToLongFunction<TopicPartition> fronts =
                references.fronts.map(Supplier::get).orElse(input -> Long.MAX_VALUE);
        return new CatchUp.Sample(inputs, stores, fronts);
    }

    private void answered(long askedAt, Optional<CatchUp.Sample> sample) {
        sample.ifPresentOrElse(each -> catchUp.sample(askedAt, each), () -> catchUp.unknown(askedAt));
        takenInUntil = catchUp.takenInUntil();
        currentSince = catchUp.currentSince();
    }

    @Override
    public void close() {
        watch.close();
    }
}
