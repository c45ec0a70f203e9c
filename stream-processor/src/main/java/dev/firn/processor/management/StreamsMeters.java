package dev.firn.processor.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** Kafka Streams' own metrics, of the applications that run. */
final class StreamsMeters {
    private final MeterRegistry meters;
    private final Map<String, KafkaStreamsMetrics> bound = new HashMap<>();

    StreamsMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    synchronized void bind(String application, KafkaStreams streams) {
        KafkaStreamsMetrics now = new KafkaStreamsMetrics(streams);
        KafkaStreamsMetrics before = bound.put(application, now);
        if (before != null) {
            before.close();
        }
        now.bindTo(meters);
    }
}
