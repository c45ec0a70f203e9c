package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import dev.firn.processor.store.Sweeps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the sales of one raw partition add up to, for each member of each board. */
final class PartialSums {
    /** Receives sums that have changed. */
    interface Change {
        /** What the partition has of a member now.
         *
         * @param sums null if it no longer has it on the board
         */
        void of(Board board, byte[] name, Bytes member, @Nullable Sums sums);
    }

    /** Before orders, among what was seen; other things begin with {@link #SUMS}. */
    private static final int ORDER = 0;

    private static final int SUMS = 1;
    private static final int CHANGED = 2;
    private static final int RANKED = 3;
    private static final int TOLD = 4;

    /** An order's lines come together, or nearly so. */
    private static final int ORDER_MEMORY = 7;

    private final KeyValueStore<byte[], byte[]> store;
    private final Seen seen;
    private final Changed changed;
    private final Leaders leaders;
    private final Retention retention;
    private final Sweeps sweeps = new Sweeps();
    private final Packer packer = new Packer();

    PartialSums(
            KeyValueStore<byte[], byte[]> store,
            KeyValueStore<byte[], byte[]> seen,
            Retention retention,
            AtomicLong unsent) {
        this.retention = retention;
        this.store = store;
        this.seen = new Seen(seen);
        this.changed = new Changed(store, CHANGED, unsent);
        this.leaders = new Leaders(store, RANKED, TOLD);
    }

    /** Adds a sale to what it counts in.
     *
     * @return whether rows of periods are among that
     */
    boolean add(Sale sale) {
        seen.advance(sale.date());
        boolean inTime = !retention.isOver(sale.date(), newest());
        add(sale, inTime ? Tables.OF_SALES : Tables.FOR_EVER);
        return inTime;
    }

    private void add(Sale sale, List<SalesTable> tables) {
        List<byte[]> keys = tables.stream().map(table -> key(table, sale)).toList();
        BitSet firstOfOrder = sale.isRefund() ? new BitSet() : seen.firsts(order(sale), keys, ORDER_MEMORY);
        for (int i = 0; i < keys.size(); i++) {
            SalesTable table = tables.get(i);
            boolean firstOfDistinct = isFirst(keys.get(i), table.distinct(sale), table.memory());
            add(table, keys.get(i), Sums.of(sale, firstOfOrder.get(i), firstOfDistinct));
        }
    }

    private byte[] order(Sale sale) {
        packer.reset().putByte(ORDER);
        Utf8s.put(sale.order(), packer);
        return packer.toBytes();
    }

    private boolean isFirst(byte[] key, byte @Nullable [] distinct, int days) {
        if (distinct == null) {
            return false;
        }
        byte[] thing = packer.reset()
                .putRaw(key, key.length)
                .putRaw(distinct, distinct.length)
                .toBytes();
        return seen.isFirst(thing, days);
    }

    private void add(SalesTable table, byte[] key, Sums more) {
        Sums before = sums(key);
        Sums after = before.plus(more);
        after.pack(packer.reset());
        store.put(key, packer.toBytes());
        changed.add(key);
        if (table == Tables.CUSTOMERS) {
            leaders.move(name(key), before, after);
        }
    }

    /** The newest date of all sales so far, in days since 1970. */
    long newest() {
        return seen.today();
    }

    /** Hands over what has changed since the last time, as it is now; then forgets what can go. */
    void drain(Change change) {
        drainChanged(change);
        if (sweeps.isDue(newest())) {
            overdue().forEach(store::delete);
        }
    }

    private List<byte[]> overdue() {
        List<byte[]> overdue = new ArrayList<>();
        byte[] prefix = packer.reset().putByte(SUMS).toBytes();
        try (KeyValueIterator<byte[], byte[]> all = store.prefixScan(prefix, new ByteArraySerializer())) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> one = all.next();
                int date = Sums.unpack(new Unpacker(one.value)).newest();
                if (table(one.key[1]).isOfPeriod() && retention.canGo(date, newest())) {
                    overdue.add(one.key);
                }
            }
        }
        return overdue;
    }

    private void drainChanged(Change change) {
        boolean[] customers = {false};
        changed.drain(key -> {
            Unpacker in = new Unpacker(key, 1);
            SalesTable table = table(in.takeByte());
            byte[] name = in.takeBytes();
            change.of(table, name, Bytes.wrap(in.takeBytes()), sums(key));
            customers[0] |= table == Tables.CUSTOMERS;
        });
        if (customers[0]) {
            leaders.tell(
                    customer -> sums(key(Tables.CUSTOMERS, customer, Member.ONLY)),
                    (customer, sums) -> change.of(Tables.TOP_CUSTOMERS, TopCustomers.ALL, Bytes.wrap(customer), sums));
        }
    }

    private Sums sums(byte[] key) {
        byte[] found = store.get(key);
        return found == null ? Sums.ZERO : Sums.unpack(new Unpacker(found));
    }

    private byte[] key(SalesTable table, Sale sale) {
        return key(table, table.board(sale), table.member(sale));
    }

    private byte[] key(SalesTable table, byte[] name, Bytes member) {
        return packer.reset()
                .putByte(SUMS)
                .putByte(table.id())
                .putBytes(name)
                .putBytes(member.get())
                .toBytes();
    }

    private static byte[] name(byte[] key) {
        return new Unpacker(key, 2).takeBytes();
    }

    private static SalesTable table(int id) {
        return Tables.OF_SALES.stream()
                .filter(table -> table.id() == id)
                .findFirst()
                .orElseThrow();
    }

    void close() {
        changed.close();
    }
}
