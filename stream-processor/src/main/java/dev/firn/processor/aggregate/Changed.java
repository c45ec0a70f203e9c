package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which entries have changed and are still to be sent, each once however often it changed. Kept in a store, too, so that a
 * restart forgets none.
 */
final class Changed {
    private static final byte[] NOTHING = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final int prefix;
    private final AtomicLong total;
    private final Set<Bytes> keys = new LinkedHashSet<>();

    /**
     * @param prefix that the store's other keys don't begin with
     * @param total of all tasks
     */
    Changed(KeyValueStore<byte[], byte[]> store, int prefix, AtomicLong total) {
        this.store = store;
        this.prefix = prefix;
        this.total = total;
        byte[] marks = new Packer().putByte(prefix).toBytes();
        try (KeyValueIterator<byte[], byte[]> marked = store.prefixScan(marks, new ByteArraySerializer())) {
            marked.forEachRemaining(one -> keys.add(Bytes.wrap(new Unpacker(one.key, 1).takeRest())));
        }
        total.addAndGet(keys.size());
    }

    void add(byte[] key) {
        if (keys.add(Bytes.wrap(key))) {
            store.put(mark(key), NOTHING);
            total.incrementAndGet();
        }
    }

    /** Hands over and forgets all. */
    void drain(Consumer<byte[]> to) {
        List<Bytes> all = new ArrayList<>(keys);
        keys.clear();
        for (Bytes key : all) {
            to.accept(key.get());
            store.delete(mark(key.get()));
            total.decrementAndGet();
        }
    }

    private byte[] mark(byte[] key) {
        return new Packer().putByte(prefix).putRaw(key, key.length).toBytes();
    }

    /** The task goes elsewhere. */
    void close() {
        total.addAndGet(-keys.size());
    }
}
