package dev.firn.processor.management;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Of Kafka's own metrics lets those of applications, threads and clients through. Those of single tasks, processors, stores
 * and partitions are thousands, and the binder compares each with all that are there.
 */
@Singleton
final class ClientMeters implements MeterFilter {
    private static final String KAFKA = "kafka.";
    private static final Set<String> FINER = Set.of("task.id", "topic", "partition", "node.id");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean isFiner =
                id.getName().startsWith(KAFKA) && id.getTags().stream().anyMatch(tag -> FINER.contains(tag.getKey()));
        return isFiner ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
