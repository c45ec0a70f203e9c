package dev.firn.processor.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Kafka Streams' own metrics, of the instance that runs. */
final class StreamsMeters {
    private final MeterRegistry meters;
    private @Nullable KafkaStreamsMetrics bound;

    StreamsMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    synchronized void bind(KafkaStreams streams) {
        if (bound != null) {
            bound.close();
        }
        bound = new KafkaStreamsMetrics(streams);
        bound.bindTo(meters);
    }
}
