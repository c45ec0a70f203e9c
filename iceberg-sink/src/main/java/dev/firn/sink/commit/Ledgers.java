package dev.firn.sink.commit;

import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Where a table's ledger stands.
 *
 * <p>The newest snapshot of the current ancestry that carries one holds it whole: so it survives commits by other
 * engines, and follows a rollback. Where another engine's expiry has cut the ancestry short and none of it carries a
 * ledger, the copy in the table's properties is what the last commit wrote, unless the table can be seen to have been rolled
 * back since. What was cherry-picked counts as committed.
 */
public final class Ledgers {
    /** The whole ledger, in a snapshot's summary and, as a copy, in the table's properties. */
    public static final String LEDGER = "firn.ledger";
    /** In the table's properties: {@code SEQUENCE_NUMBER/ID} of the snapshot that the copy was committed with. */
    public static final String LEDGER_AT = "firn.ledger-at";
    /** What the commit added, in a snapshot's summary. */
    public static final String RANGES = "firn.ranges";
    /** Identifies the commit through all its attempts, in a snapshot's summary. */
    public static final String COMMIT_ID = "firn.commit-id";
    /** Epoch milliseconds, in a snapshot's summary: the least, over the commit's sources, of the newest record timestamp. */
    public static final String WATERMARK = "firn.watermark";
    /** Bytes of the values of all records that Firn committed up to here, in a snapshot's summary. */
    public static final String AVRO_BYTES = "firn.avro-bytes";
    /** Rows that were removed on purpose up to here, past their age or a person's, in a snapshot's summary if there are any. */
    public static final String ROWS_REMOVED = "firn.rows-removed";
    /** What was decided and by whom, in a snapshot's summary; the whole decision is in the ledger. */
    public static final String DECISION = "firn.decision";
    /** Firn's version, in a snapshot's summary. */
    public static final String VERSION = "firn.version";

    private Ledgers() {}

    /** The ledger of the table as it was loaded or last refreshed; empty if it never had one. */
    public static Ledger of(Table table) {
        return of(SnapshotUtil.currentAncestors(table), table);
    }

    /** The ledger that the table would have if it were moved to one of its snapshots. */
    public static Ledger at(Snapshot snapshot, Table table) {
        return of(SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot), table);
    }

    static Ledger of(Iterable<Snapshot> ancestry, Table table) {
        return LedgerHistory.of(ancestry, table).ledger();
    }

    /**
     * Whether the table was made anew in its place ({@code CREATE OR REPLACE}): its properties say that there was a ledger, but
     * its history begins again without one. A rollback to before the first ledger looks the same, but is older.
     */
    public static boolean isReplaced(Table table) {
        return LedgerHistory.of(table).isReplaced();
    }

    /**
     * Why it can't be told which rows the table holds, if so: it was rolled back, and all snapshots are expired that said so; or
     * rows were cherry-picked that don't follow what it held.
     */
    public static Optional<String> lost(Table table) {
        return LedgerHistory.of(table).lost();
    }

    /** Makes an update that moves no row carry the ledger of whatever base it comes to be committed to. */
    public static void carry(SnapshotUpdate<?> update, Table table) {
        carry(update, table, 0);
    }

    /** The same, of one that removes so many rows on purpose. */
    static void carry(SnapshotUpdate<?> update, Table table, long removed) {
        update.validateWith(ancestry -> {
            LedgerHistory history = LedgerHistory.of(ancestry, table);
            if (history.lost().isPresent()) {
                return false;
            }
            Ledger ledger = history.ledger();
            if (!ledger.equals(Ledger.EMPTY)) {
                update.set(LEDGER, LedgerJson.write(ledger));
                update.set(AVRO_BYTES, Long.toString(avroBytes(ancestry)));
                setRemoved(update, removed + rowsRemoved(ancestry));
            }
            return true;
        });
    }

    /** Bytes of the values of all records that Firn committed, as far as the ancestry tells. */
    public static long avroBytes(Table table) {
        return avroBytes(SnapshotUtil.currentAncestors(table));
    }

    private static long avroBytes(Iterable<Snapshot> ancestry) {
        return newest(AVRO_BYTES, ancestry);
    }

    /** Rows that were removed on purpose, as far as the ancestry tells. */
    public static long rowsRemoved(Table table) {
        return rowsRemoved(SnapshotUtil.currentAncestors(table));
    }

    private static long rowsRemoved(Iterable<Snapshot> ancestry) {
        return newest(ROWS_REMOVED, ancestry);
    }

    /** Makes an update of the table as it is carry on how many rows were removed on purpose. */
    static void carryRemoved(SnapshotUpdate<?> update, Table table) {
        setRemoved(update, rowsRemoved(table));
    }

    private static void setRemoved(SnapshotUpdate<?> update, long rows) {
        if (rows > 0) {
            update.set(ROWS_REMOVED, Long.toString(rows));
        }
    }

    private static long newest(String key, Iterable<Snapshot> ancestry) {
        for (Snapshot snapshot : ancestry) {
            String total = snapshot.summary().get(key);
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
