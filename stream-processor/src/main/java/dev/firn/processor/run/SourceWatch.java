package dev.firn.processor.run;

import dev.firn.processor.watermark.SourceProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Knows how far the application is with raw topics, and with what comes back to them from quarantine. */
final class SourceWatch implements AutoCloseable {
    /** An answer that is older says nothing about now. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final Clock clock;
    private final PositionWatch<Map<TopicPartition, LagMeter.Position>> watch;
    private volatile Sample sample = new Sample(0, Set.of());

    /** What Kafka answered.
     *
     * @param behind partitions that hold something which has not been taken in
     */
    private record Sample(long askedAt, Set<TopicPartition> behind) {}

    /** Begins to watch.
     *
     * @param admin stays the caller's, to be closed after this
     * @param applicationId its consumer group
     */
    SourceWatch(Admin admin, String applicationId, List<String> raw, Clock clock) {
        List<String> inputs = raw.stream()
                .flatMap(topic -> ContractTopics.inputs(topic).stream())
                .toList();
        Group group = new Group(applicationId, inputs, List.of());
        this.clock = clock;
        this.watch = new PositionWatch<>("source-watch", admin, meter -> meter.positions(group), clock, this::sample);
        watch.start();
    }

    /** How far it is with one of the raw topics. */
    SourceProgress of(String raw) {
        List<String> inputs = ContractTopics.inputs(raw);
        return partition -> isDrained(inputs, partition);
    }

    private boolean isDrained(List<String> inputs, int partition) {
        Sample newest = sample;
        return clock.millis() - newest.askedAt <= GOOD_FOR.toMillis()
                && inputs.stream().noneMatch(topic -> newest.behind.contains(new TopicPartition(topic, partition)));
    }

    private void sample(long askedAt, Optional<Map<TopicPartition, LagMeter.Position>> positions) {
        positions.ifPresent(each -> sample = new Sample(askedAt, behind(each)));
    }

    private static Set<TopicPartition> behind(Map<TopicPartition, LagMeter.Position> positions) {
        return positions.entrySet().stream()
                .filter(input -> input.getValue().reached() < input.getValue().end())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        watch.close();
    }
}
