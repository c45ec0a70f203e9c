package dev.firn.sink.commit;

import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Where a table's ledger stands.
 *
 * <p>The newest snapshot of the current ancestry that carries one holds it whole: so it survives commits by other
 * engines, and follows a rollback. Where another engine's expiry has cut the ancestry short and none of it carries a
 * ledger, the copy in the table's properties is what the last commit wrote.
 */
public final class Ledgers {
    /** The whole ledger, in a snapshot's summary and, as a copy, in the table's properties. */
    public static final String LEDGER = "firn.ledger";
    /** What the commit added, in a snapshot's summary. */
    public static final String RANGES = "firn.ranges";
    /** Identifies the commit through all its attempts, in a snapshot's summary. */
    public static final String COMMIT_ID = "firn.commit-id";
    /** Epoch milliseconds, in a snapshot's summary: the least, over the commit's sources, of the newest record timestamp. */
    public static final String WATERMARK = "firn.watermark";
    /** Bytes of the values of all records that Firn committed up to here, in a snapshot's summary. */
    public static final String AVRO_BYTES = "firn.avro-bytes";
    /** What was decided and by whom, in a snapshot's summary; the whole decision is in the ledger. */
    public static final String DECISION = "firn.decision";
    /** Firn's version, in a snapshot's summary. */
    public static final String VERSION = "firn.version";

    private Ledgers() {}

    /** The ledger of the table as it was loaded or last refreshed; empty if it never had one. */
    public static Ledger of(Table table) {
        return of(SnapshotUtil.currentAncestors(table), table.properties());
    }

    static Ledger of(Iterable<Snapshot> ancestry, Map<String, String> properties) {
        boolean cutShort = false;
        for (Snapshot snapshot : ancestry) {
            String text = snapshot.summary().get(LEDGER);
            if (text != null) {
                return LedgerJson.readLedger(text);
            }
            cutShort = snapshot.parentId() != null;
        }
        // a whole ancestry without a ledger is a rollback to before the first one: position and data go back together
        return Optional.ofNullable(properties.get(LEDGER))
                .filter(copy -> !copy.isEmpty())
                .map(cutShort ? LedgerJson::readLedger : copy -> Ledger.EMPTY)
                .orElse(Ledger.EMPTY);
    }

    /**
     * Whether the table was made anew in its place ({@code CREATE OR REPLACE}): its properties say that there was a ledger, but
     * its history begins again without one. A rollback to before the first ledger looks the same but for newer snapshots
     * that have one.
     */
    public static boolean isReplaced(Table table) {
        if (table.properties().getOrDefault(LEDGER, "").isEmpty()) {
            return false;
        }
        boolean whole = true;
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (snapshot.summary().containsKey(LEDGER)) {
                return false;
            }
            whole = snapshot.parentId() == null;
        }
        return whole && !isRolledBack(table);
    }

    private static boolean isRolledBack(Table table) {
        Snapshot current = table.currentSnapshot();
        return current != null
                && StreamSupport.stream(table.snapshots().spliterator(), false)
                        .anyMatch(snapshot -> snapshot.summary().containsKey(LEDGER)
                                && snapshot.timestampMillis() >= current.timestampMillis());
    }

    /** Bytes of the values of all records that Firn committed, as far as the ancestry tells. */
    public static long avroBytes(Table table) {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            String total = snapshot.summary().get(AVRO_BYTES);
            if (total != null) {
                return Long.parseLong(total);
            }
        }
        return 0;
    }

    /** What the snapshot's commit added; empty if it is not one of Firn's. */
    public static Optional<Advance> ranges(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.summary().get(RANGES)).map(LedgerJson::readRanges);
    }
}
