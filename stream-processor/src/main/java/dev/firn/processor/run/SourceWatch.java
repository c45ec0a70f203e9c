package dev.firn.processor.run;

import dev.firn.processor.window.SourceProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Knows how far the application is with a raw topic, and with what comes back to it from quarantine. */
final class SourceWatch implements SourceProgress, AutoCloseable {
    /** An answer that is older says nothing about now. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final Clock clock;
    private final PositionWatch watch;
    private volatile Sample sample = new Sample(0, Set.of());

    /** What Kafka answered.
     *
     * @param behind partitions that hold something which has not been taken in
     */
    private record Sample(long askedAt, Set<Integer> behind) {}

    /** Begins to watch.
     *
     * @param admin stays the caller's, to be closed after this
     * @param group with the raw topic, and the other one, as its inputs
     */
    SourceWatch(Admin admin, Group group, Clock clock) {
        this.clock = clock;
        this.watch = new PositionWatch("source-watch", admin, List.of(group), clock, this::sample);
        watch.start();
    }

    @Override
    public boolean isDrained(int partition) {
        Sample newest = sample;
        return clock.millis() - newest.askedAt <= GOOD_FOR.toMillis() && !newest.behind.contains(partition);
    }

    private void sample(long askedAt, Optional<Map<TopicPartition, LagMeter.Position>> positions) {
        positions.ifPresent(each -> sample = new Sample(askedAt, behind(each)));
    }

    private static Set<Integer> behind(Map<TopicPartition, LagMeter.Position> positions) {
        return positions.entrySet().stream()
                .filter(input -> input.getValue().committed() < input.getValue().end())
                .map(input -> input.getKey().partition())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        watch.close();
    }
}
