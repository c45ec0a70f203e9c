package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look again, in event time. All timers are in the store, by the minute that they are due in, some dozens to an entry;
 * those of the next minute are in memory, too, so that asking costs nothing until one is due. The entries of a minute go when
 * it is over: after a restart, the timers of the minute that is under way may sound once more.
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

    /** The entry that the next timer of a minute goes to. */
    private static final class Filling {
        private long number;
        private int timers;
        private Packer packer = new Packer();
    }

    private static final long MINUTE = 60_000_000;
    private static final int CHUNK = 64;

    /** Of an entry that takes no more: far below what a message can hold, also with one of the largest ids on top. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final KeyValueStore<byte[], Packer> store;
    private final PriorityQueue<Timer> near = new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
    private final TreeMap<Long, Filling> minutes = new TreeMap<>();
    private final Packer packer = new Packer();
    private long nearUntil = Long.MIN_VALUE;

    /** @param store one that holds its entries while they grow */
    Timers(KeyValueStore<byte[], Packer> store) {
        this.store = store;
        restore();
    }

    /** Every entry that is there counts as full. */
    private void restore() {
        try (KeyValueIterator<byte[], Packer> chunks = store.all()) {
            while (chunks.hasNext()) {
                Unpacker key = new Unpacker(chunks.next().key);
                filling(key.takeSortable()).number = key.takeSortable() + 1;
            }
        }
    }

    void set(long at, byte[] id) {
        long minute = minute(at);
        Filling filling = filling(minute);
        filling.packer.putLong(at).putBytes(id);
        filling.timers++;
        store.put(key(minute, filling.number), filling.packer);
        if (filling.timers == CHUNK || filling.packer.size() >= CHUNK_BYTES) {
            filling.number++;
            filling.timers = 0;
            filling.packer = new Packer();
        }
        if (at < nearUntil) {
            near.add(new Timer(at, id));
        }
    }

    private Filling filling(long minute) {
        return minutes.computeIfAbsent(minute, start -> new Filling());
    }

    /** Sounds all that are due before the time, strictly, in order; each once, but for restarts. */
    void pass(long time, Alarm alarm) {
        boolean another = time >= nearUntil;
        if (another) {
            load(minute(time) + MINUTE);
        }
        for (Timer first = near.peek(); first != null && first.at < time; first = near.peek()) {
            near.remove();
            alarm.due(first.at, first.id);
        }
        if (another) {
            forget(minutes.headMap(minute(time)));
        }
    }

    private void load(long until) {
        minutes.subMap(nearUntil, until).forEach((minute, filling) -> {
            for (long number = 0; number <= filling.number; number++) {
                Packer chunk = store.get(key(minute, number));
                if (chunk != null) {
                    addNear(new Unpacker(chunk));
                }
            }
        });
        nearUntil = until;
    }

    private void addNear(Unpacker chunk) {
        while (chunk.hasMore()) {
            near.add(new Timer(chunk.takeLong(), chunk.takeBytes()));
        }
    }

    private void forget(SortedMap<Long, Filling> over) {
        over.forEach((minute, filling) -> {
            for (long number = 0; number <= filling.number; number++) {
                store.put(key(minute, number), null);
            }
        });
        over.clear();
    }

    private static long minute(long time) {
        return Math.floorDiv(time, MINUTE) * MINUTE;
    }

    private byte[] key(long minute, long number) {
        return packer.reset().putSortable(minute).putSortable(number).toBytes();
    }
}
