package dev.firn.generator.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Everything on its way, in the order of the sequence. Used by the publishing thread only. */
final class Deliveries {
    private final Deque<Delivery> onTheWay = new ArrayDeque<>();
    private final Consumer<Delivery> arrived;
    private volatile long acknowledged = Long.MIN_VALUE;

    /** @param arrived gets each that was acknowledged once all before it are */
    Deliveries(Consumer<Delivery> arrived) {
        this.arrived = arrived;
    }

    void add(Delivery delivery) {
        onTheWay.add(delivery);
        settle();
    }

    /** Takes note of what has arrived.
     *
     * @throws PublishException if one never will
     */
    void settle() {
        for (Delivery first = onTheWay.peek(); first != null; first = onTheWay.peek()) {
            Exception failure = first.failure();
            if (failure != null) {
                throw new PublishException(
                        "Kafka refuses a record of " + first.event().topic().text() + ": " + failure.getMessage(),
                        failure);
            }
            if (!first.acknowledged()) {
                return;
            }
            onTheWay.remove();
            arrived.accept(first);
            acknowledged = first.event().seq();
        }
    }

    /** All up to this sequence number are acknowledged. Readable from any thread. */
    long acknowledged() {
        return acknowledged;
    }

    boolean isEmpty() {
        return onTheWay.isEmpty();
    }
}
