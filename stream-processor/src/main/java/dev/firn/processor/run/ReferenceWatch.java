package dev.firn.processor.run;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Knows how far applications are with the topics of references. */
final class ReferenceWatch implements ReferenceProgress, AutoCloseable {
    private final CatchUp catchUp;
    private final PositionWatch watch;
    private volatile long currentSince = BEHIND;

    /** Begins to watch.
     *
     * @param groups that take references in
     * @param admin stays the caller's, to be closed after this
     * @param tolerance how far behind is not yet behind
     */
    ReferenceWatch(Admin admin, List<Group> groups, Duration tolerance, Clock clock) {
        this.catchUp = new CatchUp(tolerance);
        this.watch = new PositionWatch("reference-watch", admin, groups, clock, this::sample);
        watch.start();
    }

    @Override
    public long currentSince() {
        return currentSince;
    }

    /** While nothing is known, who waits waits on. */
    private void sample(long askedAt, Optional<Map<TopicPartition, LagMeter.Position>> positions) {
        currentSince = positions.map(each -> catchUp.sample(askedAt, each)).orElse(BEHIND);
    }

    @Override
    public void close() {
        watch.close();
    }
}
