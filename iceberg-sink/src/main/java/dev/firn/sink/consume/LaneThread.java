package dev.firn.sink.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a lane until it is told to stop. If the lane fails, a new one takes over, from where the tables stand. */
final class LaneThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);
    private static final Duration STATUS_INTERVAL = Duration.ofMillis(200);

    private final LaneDesk desk;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Pattern topics;
    private final Duration goodbye;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean abandoning;
    private volatile LaneStatus status;
    private int failures;

    LaneThread(
            String name,
            LaneDesk desk,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Pattern topics,
            Duration goodbye) {
        this.desk = desk;
        this.consumers = consumers;
        this.topics = topics;
        this.goodbye = goodbye;
        this.status = new LaneStatus(desk.clock().instant(), List.of(), List.of());
        this.thread = new Thread(this, name);
    }

    void start() {
        thread.start();
    }

    /** As the lane last said, at most some moments ago if it is well. */
    LaneStatus status() {
        return status;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Commits what is open and leaves the group, within its time. Does not wait for it. */
    void stop() {
        stopping = true;
    }

    /** Leaves the group without committing what is open. Does not wait for it. */
    void abandon() {
        abandoning = true;
        stopping = true;
    }

    void join(Duration atMost) throws InterruptedException {
        // 0 would be for ever
        thread.join(Math.max(1, atMost.toMillis()));
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                runLane();
            } catch (RuntimeException | Error e) {
                // the top of the thread
                LOG.error("Lane failed, begins again", e);
                pause(desk.backoff().wait(failures++));
            }
        }
    }

    private void runLane() {
        try (KafkaFeed feed = new KafkaFeed(consumers.get())) {
            Lane lane = new Lane(desk, feed);
            try {
                feed.subscribe(topics, lane);
                steps(lane);
                if (!abandoning) {
                    lane.finish(goodbye);
                }
            } finally {
                lane.abandon();
            }
        }
    }

    private void steps(Lane lane) {
        Clock clock = desk.clock();
        Instant published = Instant.MIN;
        while (!stopping) {
            lane.step();
            failures = 0;
            if (!clock.instant().isBefore(published.plus(STATUS_INTERVAL))) {
                published = clock.instant();
                status = lane.status();
            }
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
