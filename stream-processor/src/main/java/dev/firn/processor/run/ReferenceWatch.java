package dev.firn.processor.run;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka every second how far applications are with the topics of references. */
final class ReferenceWatch implements ReferenceProgress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final LagMeter meter;
    private final List<Group> groups;
    private final CatchUp catchUp;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "reference-watch");
    private volatile long currentSince = BEHIND;

    /** Begins to watch.
     *
     * @param groups that take references in
     * @param admin stays the caller's, to be closed after this
     * @param tolerance how far behind is not yet behind
     */
    ReferenceWatch(Admin admin, List<Group> groups, Duration tolerance, Clock clock) {
        this.meter = new LagMeter(admin);
        this.groups = List.copyOf(groups);
        this.catchUp = new CatchUp(tolerance);
        this.clock = clock;
        thread.start();
    }

    @Override
    public long currentSince() {
        return currentSince;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            currentSince = BEHIND;
        }
    }

    private void look() {
        long now = clock.millis();
        try {
            currentSince = catchUp.sample(now, positions());
        } catch (KafkaException e) {
            // nothing is known: who waits waits on
            currentSince = BEHIND;
            LOG.debug("progress of references unknown", e);
        }
    }

    private Map<TopicPartition, LagMeter.Position> positions() {
        Map<TopicPartition, LagMeter.Position> positions = new HashMap<>();
        groups.forEach(group -> positions.putAll(meter.positions(group.id(), group.inputs())));
        return positions;
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
