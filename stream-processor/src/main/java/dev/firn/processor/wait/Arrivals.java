package dev.firn.processor.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The names of references that have arrived lately, for those who wait for one. It holds so many and no
 * more: who asks too seldom has missed some, and is told. Safe for several threads.
 */
public final class Arrivals {
    private final Bytes[] ring;
    private long next;

    public Arrivals(int size) {
        ring = new Bytes[size];
    }

    /** The reference is where it can be looked up. */
    public synchronized void add(Bytes awaited) {
        ring[(int) (next % ring.length)] = awaited;
        next++;
    }

    /** Position after the newest. */
    synchronized long end() {
        return next;
    }

    /** Those from the position on, or empty if some of them are not known any more. */
    synchronized Optional<List<Bytes>> since(long position) {
        if (next - position > ring.length) {
            return Optional.empty();
        }
        List<Bytes> arrived = new ArrayList<>();
        for (long each = position; each < next; each++) {
            arrived.add(ring[(int) (each % ring.length)]);
        }
        return Optional.of(arrived);
    }
}
