package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one partition who have spent most: those of all partitions are among them. Tells who came to be among
 * them, whose sums changed, and who no longer is.
 */
final class Leaders {
    /** Receives what changed. */
    interface Change {
        /** What the customer has now.
         *
         * @param sums null if the customer is no longer among them
         */
        void of(byte[] customer, @Nullable Sums sums);
    }

    private static final ByteArraySerializer AS_IT_IS = new ByteArraySerializer();
    private static final byte[] NOTHING = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final int ranked;
    private final int told;
    private final Packer packer = new Packer();

    /**
     * @param ranked prefix of the store's keys of customers by what they have spent
     * @param told prefix of its keys of those who were told of, with what
     */
    Leaders(KeyValueStore<byte[], byte[]> store, int ranked, int told) {
        this.store = store;
        this.ranked = ranked;
        this.told = told;
    }

    /** A customer's sums have changed. */
    void move(byte[] customer, Sums before, Sums after) {
        store.delete(rank(customer, before));
        store.put(rank(customer, after), NOTHING);
    }

    /** Tells what has changed since the last time. */
    void tell(Function<byte[], Sums> sums, Change change) {
        Set<Bytes> first = new HashSet<>();
        for (byte[] customer : first()) {
            first.add(Bytes.wrap(customer));
            Sums now = sums.apply(customer);
            byte[] packed = packed(now);
            byte[] key = told(customer);
            if (!Arrays.equals(packed, store.get(key))) {
                store.put(key, packed);
                change.of(customer, now);
            }
        }
        for (byte[] customer : toldOf()) {
            if (!first.contains(Bytes.wrap(customer))) {
                store.delete(told(customer));
                change.of(customer, null);
            }
        }
    }

    private List<byte[]> first() {
        List<byte[]> first = new ArrayList<>(TopCustomers.SIZE);
        byte[] prefix = packer.reset().putByte(ranked).toBytes();
        try (KeyValueIterator<byte[], byte[]> best = store.prefixScan(prefix, AS_IT_IS)) {
            while (best.hasNext() && first.size() < TopCustomers.SIZE) {
                first.add(new Unpacker(best.next().key, 1 + Long.BYTES).takeRest());
            }
        }
        return first;
    }

    private List<byte[]> toldOf() {
        List<byte[]> customers = new ArrayList<>(TopCustomers.SIZE);
        byte[] prefix = packer.reset().putByte(told).toBytes();
        try (KeyValueIterator<byte[], byte[]> all = store.prefixScan(prefix, AS_IT_IS)) {
            all.forEachRemaining(one -> customers.add(new Unpacker(one.key, 1).takeRest()));
        }
        return customers;
    }

    private byte[] packed(Sums sums) {
        sums.pack(packer.reset());
        return packer.toBytes();
    }

    /** Who has spent most comes first; of those who have spent the same, by id. */
    private byte[] rank(byte[] customer, Sums sums) {
        return packer.reset()
                .putByte(ranked)
                .putSortable(-sums.net())
                .putRaw(customer, customer.length)
                .toBytes();
    }

    private byte[] told(byte[] customer) {
        return packer.reset().putByte(told).putRaw(customer, customer.length).toBytes();
    }
}
