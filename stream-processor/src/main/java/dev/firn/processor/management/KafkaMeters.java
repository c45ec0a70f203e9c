package dev.firn.processor.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Kafka's own metrics of one application, its threads and their clients as meters, under the names that Micrometer gives them.
 * Those of single tasks, stores, topics, partitions and brokers are thousands, and left out. Not for several threads.
 */
final class KafkaMeters {
    private static final Set<String> FINER = Set.of("task-id", "topic", "partition", "node-id");
    private static final String GROUP_END = "-metrics";

    private final MeterRegistry registry;
    private final Map<MetricName, Meter> bound = new HashMap<>();

    KafkaMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Has meters for these metrics, and no others: Kafka makes and drops some as it goes. */
    void follow(Map<MetricName, ? extends Metric> metrics) {
        bound.entrySet().removeIf(entry -> {
            boolean isGone = !metrics.containsKey(entry.getKey());
            if (isGone) {
                registry.remove(entry.getValue());
            }
            return isGone;
        });
        metrics.forEach((name, metric) -> {
            if (!bound.containsKey(name) && isCoarse(name) && metric.metricValue() instanceof Number) {
                bound.put(name, meter(metric));
            }
        });
    }

    private static boolean isCoarse(MetricName name) {
        return name.tags().keySet().stream().noneMatch(FINER::contains);
    }

    private Meter meter(Metric metric) {
        MetricName name = metric.metricName();
        String meter = "kafka." + dotted(name.group().replace(GROUP_END, "")) + "." + dotted(name.name());
        Tags tags = Tags.of(name.tags().entrySet().stream()
                .map(tag -> Tag.of(dotted(tag.getKey()), tag.getValue()))
                .toList());
        if (meter.endsWith("total")) {
            return FunctionCounter.builder(meter, metric, KafkaMeters::value)
                    .tags(tags)
                    .description(name.description())
                    .register(registry);
        }
        return Gauge.builder(meter, metric, KafkaMeters::value)
                .tags(tags)
                .description(name.description())
                .strongReference(true)
                .register(registry);
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String dotted(String name) {
        return name.replace('-', '.');
    }

    void close() {
        follow(Map.of());
    }
}
