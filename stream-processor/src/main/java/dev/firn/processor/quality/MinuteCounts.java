package dev.firn.processor.quality;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.quarantine.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one source partition, in a store. They are the minutes' totals, so a row that is made of them may be sent
 * again. A record that is older than the newest by more than an hour counts in the oldest minute that is kept: what was
 * dropped is never begun again. Not for several threads.
 */
final class MinuteCounts {
    static final long MINUTE = 60_000;
    static final long KEPT = 60 * MINUTE;

    private static final int NEWEST = 0;
    private static final int UNSENT = 1;
    private static final int TAKEN = 2;
    private static final int FAILING = 3;
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeSet<Long> unsent = new TreeSet<>();
    private final Packer packer = new Packer();
    private long newest = 0;
    private @Nullable Open open;

    /** The count that was last added to. The store is handed the same array each time, which it does not change. */
    private static final class Open {
        private final long minute;
        private final Ruleset rules;
        private final byte[] key;
        private final byte[] count;

        Open(long minute, Ruleset rules, byte[] key, byte[] count) {
            this.minute = minute;
            this.rules = rules;
            this.key = key;
            this.count = count;
        }
    }

    MinuteCounts(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        byte[] known = store.get(key(NEWEST, 0, new byte[0]));
        newest = known == null ? 0 : ByteBuffer.wrap(known).getLong();
        for (KeyValue<byte[], byte[]> entry : entries(UNSENT, 0, Long.MAX_VALUE)) {
            unsent.add(minute(entry.key));
        }
    }

    /** Counts a record. */
    // another set that is equal has the same key
    @SuppressWarnings("ReferenceEquality")
    void taken(long timestamp, Ruleset rules) {
        long minute = minute(timestamp);
        Open to = open;
        if (to == null || to.minute != minute || to.rules != rules) {
            byte[] key = key(TAKEN, minute, rules.packed());
            to = new Open(minute, rules, key, counts(key, 1));
            open = to;
        }
        add(to.count, 0);
        store.put(to.key, to.count);
    }

    /** Counts rules that a record fails. */
    void failing(long timestamp, List<FieldRule> rules) {
        long minute = minute(timestamp);
        boolean refused = false;
        for (FieldRule rule : rules) {
            boolean error = rule.severity() == Severity.ERROR;
            fail(minute, RuleName.of(rule), error);
            refused |= error;
        }
        if (!refused) {
            fail(minute, RuleName.ALL, false);
        }
    }

    /** Counts a record that ends in quarantine. */
    void rejected(long timestamp, Reason reason) {
        long minute = minute(timestamp);
        fail(minute, RuleName.of(reason), true);
        fail(minute, RuleName.ALL, true);
    }

    private void fail(long minute, RuleName rule, boolean error) {
        rule.pack(packer.reset());
        byte[] key = key(FAILING, minute, packer.toBytes());
        byte[] counts = counts(key, 2);
        add(counts, error ? 0 : 1);
        store.put(key, counts);
    }

    /** Minutes whose totals have changed since they were sent, the oldest first. */
    List<Long> unsent() {
        return List.copyOf(unsent);
    }

    int unsentMinutes() {
        return unsent.size();
    }

    /** All are sent, so those that are old enough can go. */
    void sent() {
        unsent.forEach(minute -> store.delete(key(UNSENT, minute, new byte[0])));
        unsent.clear();
        if (newest > KEPT) {
            forget(TAKEN);
            forget(FAILING);
        }
    }

    private void forget(int kind) {
        entries(kind, 0, newest - KEPT).forEach(entry -> store.delete(entry.key));
    }

    /** The totals of a minute. */
    Map<RuleName, Totals> totals(long minute) {
        Map<RuleName, Totals> totals = new LinkedHashMap<>();
        Totals all = totals.computeIfAbsent(RuleName.ALL, name -> new Totals());
        for (KeyValue<byte[], byte[]> entry : entries(TAKEN, minute, minute + MINUTE)) {
            long records = count(entry.value, 0);
            all.checked += records;
            for (RuleName rule : Ruleset.unpack(afterMinute(entry.key))) {
                totals.computeIfAbsent(rule, name -> new Totals()).checked += records;
            }
        }
        for (KeyValue<byte[], byte[]> entry : entries(FAILING, minute, minute + MINUTE)) {
            RuleName rule = RuleName.unpack(afterMinute(entry.key));
            Totals of = totals.computeIfAbsent(rule, name -> new Totals());
            of.failed = count(entry.value, 0);
            of.warned = count(entry.value, 1);
            of.checked = rule.isOfWholeRecords() ? all.checked : of.checked;
        }
        return totals;
    }

    /** Of one rule in one minute. */
    static final class Totals {
        long checked;
        long failed;
        long warned;
    }

    /** The minute that a record counts in. */
    private long minute(long timestamp) {
        long minute = timestamp - Math.floorMod(timestamp, MINUTE);
        if (minute > newest) {
            newest = minute;
            store.put(
                    key(NEWEST, 0, new byte[0]),
                    ByteBuffer.allocate(Long.BYTES).putLong(minute).array());
        }
        long counted = Math.max(minute, newest - KEPT);
        if (unsent.add(counted)) {
            store.put(key(UNSENT, counted, new byte[0]), PRESENT);
        }
        return counted;
    }

    private byte[] counts(byte[] key, int many) {
        byte[] there = store.get(key);
        return there == null ? new byte[many * Long.BYTES] : there;
    }

    private static void add(byte[] counts, int at) {
        ByteBuffer.wrap(counts).putLong(at * Long.BYTES, count(counts, at) + 1);
    }

    private static long count(byte[] counts, int at) {
        return ByteBuffer.wrap(counts).getLong(at * Long.BYTES);
    }

    private static byte[] key(int kind, long minute, byte[] rules) {
        return new Packer()
                .putByte(kind)
                .putSortable(minute)
                .putRaw(rules, rules.length)
                .toBytes();
    }

    private static long minute(byte[] key) {
        return new Unpacker(key, 1).takeSortable();
    }

    private static Unpacker afterMinute(byte[] key) {
        return new Unpacker(key, 1 + Long.BYTES);
    }

    /** A copy, so that the store can be written to meanwhile.
     *
     * @param before this minute
     */
    private List<KeyValue<byte[], byte[]>> entries(int kind, long from, long before) {
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> found =
                store.range(key(kind, from, new byte[0]), key(kind, before, new byte[0]))) {
            found.forEachRemaining(entry -> {
                if (minute(entry.key) < before) {
                    entries.add(entry);
                }
            });
        }
        return entries;
    }
}
