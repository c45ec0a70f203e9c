package dev.firn.processor.dedup;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one partition has seen: its newest event time, and the ids of the last while before that.
 *
 * <p>The store holds the ids in the order they came, some dozens to an entry; it should be one that caches, so that an
 * entry is written once per commit and not once per id. Entries are deleted when all of their ids are past the horizon.
 * The ids are looked up in memory, 36 bytes each, by their MD5: at 128 bits, two ids that look the same are not to be
 * expected in the age of the universe.
 */
final class Recent {
    /** Event time of a partition that has seen nothing. */
    static final long NOTHING = Long.MIN_VALUE;

    private static final int IDS_PER_CHUNK = 64;

    private record Chunk(long number, long newest) {}

    private final KeyValueStore<byte[], byte[]> store;
    private final long horizon;
    private final MessageDigest md5;
    private final IdIndex index = new IdIndex();
    private final Deque<Chunk> full = new ArrayDeque<>();
    private final Packer open = new Packer();
    private long openNumber;
    private int openIds;
    private long newest = NOTHING;
    private long high;
    private long low;

    /** @param horizon how far back ids count, in microseconds of event time */
    Recent(KeyValueStore<byte[], byte[]> store, long horizon) {
        this.store = store;
        this.horizon = horizon;
        try {
            this.md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
        restore();
    }

    private void restore() {
        try (KeyValueIterator<byte[], byte[]> chunks = store.all()) {
            while (chunks.hasNext()) {
                KeyValue<byte[], byte[]> chunk = chunks.next();
                long number = new Unpacker(chunk.key).takeSortable();
                newest = Math.max(newest, forEach(chunk.value, index::put));
                full.add(new Chunk(number, newest));
                openNumber = number + 1;
            }
        }
    }

    /** The newest event time so far, or {@link #NOTHING}. */
    long newest() {
        return newest;
    }

    /** How many ids are remembered. */
    int size() {
        return index.size();
    }

    /** Whether the id has been seen within the horizon before the newest event time. */
    boolean has(Utf8 id) {
        digest(id);
        long seenAt = index.get(high, low);
        return seenAt != IdIndex.ABSENT && newest - seenAt <= horizon;
    }

    /** Remembers the id and the event's time. */
    void add(Utf8 id, long eventTime) {
        digest(id);
        newest = Math.max(newest, eventTime);
        index.put(high, low, newest);
        open.putSortable(high).putSortable(low).putSortable(newest);
        openIds++;
        store.put(key(openNumber), open.toBytes());
        if (openIds == IDS_PER_CHUNK) {
            full.add(new Chunk(openNumber, newest));
            open.reset();
            openIds = 0;
            openNumber++;
            forget();
        }
    }

    private void forget() {
        while (!full.isEmpty() && newest - full.element().newest > horizon) {
            byte[] key = key(full.remove().number);
            byte[] ids = store.get(key);
            if (ids != null) {
                forEach(ids, index::remove);
                store.delete(key);
            }
        }
    }

    private interface Entry {
        void with(long high, long low, long seenAt);
    }

    /** Returns the last, and therefore newest, time. */
    private static long forEach(byte[] chunk, Entry entry) {
        Unpacker in = new Unpacker(chunk);
        long last = NOTHING;
        while (in.hasMore()) {
            long high = in.takeSortable();
            long low = in.takeSortable();
            last = in.takeSortable();
            entry.with(high, low, last);
        }
        return last;
    }

    private void digest(Utf8 id) {
        md5.update(id.getBytes(), 0, id.getByteLength());
        ByteBuffer digest = ByteBuffer.wrap(md5.digest());
        high = digest.getLong();
        low = digest.getLong();
    }

    private static byte[] key(long number) {
        return new Packer().putSortable(number).toBytes();
    }
}
