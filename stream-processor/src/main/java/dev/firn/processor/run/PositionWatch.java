package dev.firn.processor.run;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka every second, on a thread of its own, how far applications are with their inputs. */
final class PositionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final LagMeter meter;
    private final List<Group> groups;
    private final Clock clock;
    private final Listener listener;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Is told by the watch's thread. */
    interface Listener {
        /** Of all inputs.
         *
         * @param askedAt epoch milliseconds, before Kafka answered
         * @param positions nothing if Kafka does not answer, and at the end
         */
        void positions(long askedAt, Optional<Map<TopicPartition, LagMeter.Position>> positions);
    }

    /** Nothing happens before the start.
     *
     * @param admin stays the caller's, to be closed after this
     */
    PositionWatch(String name, Admin admin, List<Group> groups, Clock clock, Listener listener) {
        this.meter = new LagMeter(admin);
        this.groups = List.copyOf(groups);
        this.clock = clock;
        this.listener = listener;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                long now = clock.millis();
                listener.positions(now, positions());
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.positions(clock.millis(), Optional.empty());
        }
    }

    private Optional<Map<TopicPartition, LagMeter.Position>> positions() {
        Map<TopicPartition, LagMeter.Position> positions = new HashMap<>();
        try {
            groups.forEach(group -> positions.putAll(meter.positions(group.id(), group.inputs())));
            return Optional.of(positions);
        } catch (KafkaException e) {
            LOG.debug("positions unknown", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
