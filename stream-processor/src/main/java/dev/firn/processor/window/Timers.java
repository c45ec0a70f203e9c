package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look again, in event time. All timers are in the store; those of the next minute are in memory, too, so that
 * asking costs nothing until one is due.
 */
final class Timers {
    /** What a timer was set for. */
    interface Alarm {
        void due(long at, byte[] id);
    }

    private static final class Timer {
        private final long at;
        private final byte[] id;

        Timer(long at, byte[] id) {
            this.at = at;
            this.id = id;
        }
    }

    private static final long NEAR = 60_000_000;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final PriorityQueue<Timer> near = new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
    private final Packer packer = new Packer();
    private long nearUntil = Long.MIN_VALUE;

    Timers(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    void set(long at, byte[] id) {
        store.put(key(at, id), NOTHING);
        if (at < nearUntil) {
            near.add(new Timer(at, id));
        }
    }

    /** Sounds all that are due before the time, strictly, in order; each once. */
    void pass(long time, Alarm alarm) {
        if (time >= nearUntil) {
            load(Math.floorDiv(time, NEAR) * NEAR + NEAR);
        }
        for (Timer first = near.peek(); first != null && first.at < time; first = near.peek()) {
            near.remove();
            store.delete(key(first.at, first.id));
            alarm.due(first.at, first.id);
        }
    }

    private void load(long until) {
        byte[] from = packer.reset().putSortable(nearUntil).toBytes();
        byte[] to = packer.reset().putSortable(until).toBytes();
        try (KeyValueIterator<byte[], byte[]> timers = store.range(from, to)) {
            while (timers.hasNext()) {
                Unpacker key = new Unpacker(timers.next().key);
                near.add(new Timer(key.takeSortable(), key.takeRest()));
            }
        }
        nearUntil = until;
    }

    private byte[] key(long at, byte[] id) {
        return packer.reset().putSortable(at).putRaw(id, id.length).toBytes();
    }
}
