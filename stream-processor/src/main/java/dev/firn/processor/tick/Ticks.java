package dev.firn.processor.tick;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Work of a processor that is done every now and then by wall clock, but only while there is some: whatever a punctuator does,
 * Kafka Streams has its task commit afterwards, and be it an empty transaction. Not for several threads.
 */
public final class Ticks {
    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private final Punctuator work;
    private @Nullable Cancellable scheduled;

    /** Nothing is to be done yet. */
    public Ticks(ProcessorContext<?, ?> context, Duration interval, Punctuator work) {
        this.context = context;
        this.interval = interval;
        this.work = work;
    }

    /** Whether there is something to do. The first time is an interval after there was nothing. */
    public void need(boolean needed) {
        if (needed && scheduled == null) {
            scheduled = context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, work);
        } else if (!needed && scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
    }
}
