package dev.firn.sink.commit;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.UpdateProperties;

/** The copy of the ledger in a table's properties, which outlives the snapshots, and which a rollback leaves alone.
 *
 * @param text empty if there is none
 * @param sequenceNumber of the snapshot that it was committed with; 0 if that is not known
 * @param snapshotId of the same
 */
record LedgerCopy(String text, long sequenceNumber, long snapshotId) {
    static LedgerCopy in(Map<String, String> properties) {
        String text = properties.getOrDefault(Ledgers.LEDGER, "");
        String at = properties.getOrDefault(Ledgers.LEDGER_AT, "0/0");
        int slash = at.indexOf('/');
        return new LedgerCopy(text, Long.parseLong(at.substring(0, slash)), Long.parseLong(at.substring(slash + 1)));
    }

    static void set(UpdateProperties properties, String text, Snapshot snapshot) {
        properties
                .set(Ledgers.LEDGER, text)
                .set(Ledgers.LEDGER_AT, snapshot.sequenceNumber() + "/" + snapshot.snapshotId());
    }

    boolean exists() {
        return !text.isEmpty();
    }

    Ledger ledger() {
        return exists() ? LedgerJson.readLedger(text) : Ledger.EMPTY;
    }

    /**
     * Whether the snapshot certainly does not descend from the one that the copy was committed with. Where snapshots between the
     * two are expired, and the numbers allow for either, it is taken to descend.
     *
     * @param without the oldest that is left of its ancestry, in which the copy's is not
     */
    boolean isAheadOf(Snapshot without) {
        boolean follows = without.parentId() != null && without.parentId() == snapshotId;
        return sequenceNumber > 0 && !follows && without.sequenceNumber() <= sequenceNumber + 1;
    }
}
