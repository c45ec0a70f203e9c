package dev.firn.local.status;

import java.util.Optional;

/**
 * What the services said at one moment; empty: no answer.
 *
 * @param nanos {@link System#nanoTime} of the moment
 */
public record Observation(
        long nanos,
        Optional<GeneratorStatus> generator,
        Optional<ProcessorStatus> processor,
        Optional<SinkStatus> sink) {

    /** As if nothing had been produced then. */
    public Observation withNoEvents() {
        return new Observation(nanos, Optional.empty(), processor, sink);
    }

    /** Events that Kafka holds. */
    public long events() {
        return generator.map(GeneratorStatus::acknowledged).orElse(0L);
    }

    public long processed() {
        return processor.map(ProcessorStatus::processed).orElse(0L);
    }

    /** In all tables. */
    public long rows() {
        return sink.map(SinkStatus::rows).orElse(0L);
    }

    /** Records that wait for the processor or for the sink. */
    public long lag() {
        return Math.max(0, processor.map(ProcessorStatus::lag).orElse(0L))
                + Math.max(0, sink.map(SinkStatus::lag).orElse(0L));
    }
}
