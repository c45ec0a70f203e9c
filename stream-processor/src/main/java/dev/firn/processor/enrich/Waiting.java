package dev.firn.processor.enrich;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Records of one task that wait for what they refer to, in a store, oldest first. */
final class Waiting {
    /** Decides about a record that waits. */
    interface Look {
        /** Looks at one.
         *
         * @param since when it began to wait, in epoch milliseconds
         * @return whether it need not wait any more
         */
        boolean at(Source source, long since);
    }

    /** So that a crowd that waits leaves time for the others; the next look goes on where this one stopped. */
    private static final int MOST_LOOKS = 1000;

    private final KeyValueStore<byte[], byte[]> store;
    private final AtomicLong total;
    private long size;
    private byte[] next = {};

    /** @param total of all tasks */
    Waiting(KeyValueStore<byte[], byte[]> store, AtomicLong total) {
        this.store = store;
        this.total = total;
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(one -> size++);
        }
        total.addAndGet(size);
    }

    void add(Source source, long now) {
        byte[] key = new Packer().putSortable(now).putSortable(source.offset()).toBytes();
        store.put(key, Sources.pack(source));
        count(1);
    }

    void look(Look look) {
        if (size == 0) {
            return;
        }
        List<KeyValue<byte[], byte[]>> some = some();
        for (KeyValue<byte[], byte[]> one : some) {
            if (look.at(Sources.unpack(one.value), new Unpacker(one.key).takeSortable())) {
                store.delete(one.key);
                count(-1);
            }
        }
    }

    private List<KeyValue<byte[], byte[]>> some() {
        List<KeyValue<byte[], byte[]>> some = new ArrayList<>();
        byte[] end = new Packer().putSortable(Long.MAX_VALUE).toBytes();
        try (KeyValueIterator<byte[], byte[]> from = store.range(next, end)) {
            while (from.hasNext() && some.size() < MOST_LOOKS) {
                some.add(from.next());
            }
            next = from.hasNext() ? from.peekNextKey() : new byte[0];
        }
        return some;
    }

    private void count(int more) {
        size += more;
        total.addAndGet(more);
    }

    /** The task goes elsewhere. */
    void close() {
        total.addAndGet(-size);
    }
}
