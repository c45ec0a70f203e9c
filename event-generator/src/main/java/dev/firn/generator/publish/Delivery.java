package dev.firn.generator.publish;

import dev.firn.generator.sequence.Event;
import org.jspecify.annotations.Nullable;

/** An event on its way into a partition. The outlet reports from a thread of its own. */
public final class Delivery {
    private final Event event;
    private final int partition;
    private final byte[] key;
    private final byte @Nullable [] value;
    private volatile boolean acknowledged;
    private volatile @Nullable Exception failure;

    Delivery(Event event, int partition, byte[] key, byte @Nullable [] value) {
        this.event = event;
        this.partition = partition;
        this.key = key;
        this.value = value;
    }

    public Event event() {
        return event;
    }

    public int partition() {
        return partition;
    }

    public byte[] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    /** The partition holds it. */
    public void acknowledge() {
        acknowledged = true;
    }

    /** It will never get there. */
    public void fail(Exception reason) {
        failure = reason;
    }

    boolean acknowledged() {
        return acknowledged;
    }

    @Nullable
    Exception failure() {
        return failure;
    }
}
