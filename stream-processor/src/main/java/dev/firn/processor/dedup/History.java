package dev.firn.processor.dedup;

import dev.firn.contract.Rule;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Probe;
import dev.firn.processor.check.Probed;
import dev.firn.processor.decode.Flat;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What one partition remembers of its records: ids, what is usual, and the newest event time. */
public final class History {
    /** Names of the stores.
     *
     * @param log of ids, one that holds its entries while they grow
     * @param index of the same, one that is not logged
     * @param newest of the newest event time where no ids tell it, one that holds its entries; null where ids always do
     * @param usual of what is usual, one that holds its entries
     * @param filterBytes of memory, to know new ids by
     */
    public record Stores(String log, String index, @Nullable String newest, String usual, long filterBytes) {}

    private static final byte[] NEWEST = {0};

    private final Recent recent;
    private final Usual usual;
    private final @Nullable KeyValueStore<byte[], byte[]> newest;
    private final IdHash.Maker hashes = new IdHash.Maker();
    private final Packer packer = new Packer();

    private History(Recent recent, Usual usual, @Nullable KeyValueStore<byte[], byte[]> newest) {
        this.recent = recent;
        this.usual = usual;
        this.newest = newest;
        if (newest != null) {
            byte[] kept = newest.get(NEWEST);
            recent.pass(kept == null ? Recent.NOTHING : new Unpacker(kept).takeSortable());
        }
    }

    static History in(ProcessingContext context, Stores stores) {
        Recent recent = new Recent(new Recent.Config(
                context.getStateStore(stores.log), context.getStateStore(stores.index), stores.filterBytes));
        KeyValueStore<byte[], byte[]> newest = stores.newest == null ? null : context.getStateStore(stores.newest);
        return new History(recent, new Usual(context.getStateStore(stores.usual)), newest);
    }

    /** The newest event time so far in epoch microseconds, or {@link Recent#NOTHING}. */
    long newest() {
        return recent.newest();
    }

    /** All that is to be said against a record; remembers nothing of it.
     *
     * @param series that the record's values are usual or not in
     */
    Verdict judge(Flat flat, byte @Nullable [] series) {
        Verdict verdict = new Verdict(flat.failures());
        for (Probed probed : flat.probed()) {
            if (probed.probe().rule().rule() instanceof Rule.Unique unique) {
                judge(probed, unique, verdict);
            } else if (probed.probe().rule().rule() instanceof Rule.Anomaly anomaly
                    && usual.isAnomaly(probed, anomaly.threshold(), flat.key(series), newest())) {
                verdict.add(probed.probe().rule());
            }
        }
        return verdict;
    }

    private void judge(Probed probed, Rule.Unique unique, Verdict verdict) {
        long horizon = TimeUnit.MILLISECONDS.toMicros(unique.within().toMillis());
        recent.reach(horizon);
        boolean seen = false;
        for (Object value : probed.values()) {
            IdHash id = hash(probed.probe(), value);
            verdict.holds(id);
            seen |= recent.has(id, horizon);
        }
        if (seen) {
            seenBefore(probed.probe(), verdict);
        }
    }

    /** A record that comes again is dropped; another with a value that was to be unique has failed. */
    private static void seenBefore(Probe probe, Verdict verdict) {
        if (probe.ofKey() && probe.rule().severity() == Severity.ERROR) {
            verdict.foundAgain();
        } else {
            verdict.add(probe.rule());
        }
    }

    private IdHash hash(Probe probe, Object value) {
        return probe.ofKey() ? hashes.of(value) : hashes.of(probe.rule().path().toString(), value);
    }

    /** Remembers a record that was judged and goes on. */
    void add(Flat flat, Verdict verdict, byte @Nullable [] series, long time) {
        long before = recent.newest();
        verdict.ids().forEach(id -> recent.add(id, time));
        recent.pass(time);
        for (Probed probed : flat.probed()) {
            if (probed.probe().rule().rule() instanceof Rule.Anomaly) {
                usual.add(probed, flat.key(series), newest());
            }
        }
        if (verdict.ids().isEmpty() && recent.newest() > before) {
            byte[] now = packer.reset().putSortable(recent.newest()).toBytes();
            Objects.requireNonNull(newest, "told by ids").put(NEWEST, now);
        }
    }
}
