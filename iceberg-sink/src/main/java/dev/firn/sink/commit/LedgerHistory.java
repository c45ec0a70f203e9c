package dev.firn.sink.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** What is left of a table's history since its newest ledger.
 *
 * @param holder the newest snapshot that carries a ledger, if one is left
 * @param others the snapshots after it, or all that are left; newest first
 */
record LedgerHistory(Table table, LedgerCopy copy, Optional<Snapshot> holder, List<Snapshot> others) {
    static LedgerHistory of(Table table) {
        return of(SnapshotUtil.currentAncestors(table), table);
    }

    static LedgerHistory of(Iterable<Snapshot> ancestry, Table table) {
        List<Snapshot> others = new ArrayList<>();
        for (Snapshot snapshot : ancestry) {
            if (snapshot.summary().containsKey(Ledgers.LEDGER)) {
                return new LedgerHistory(table, LedgerCopy.in(table.properties()), Optional.of(snapshot), others);
            }
            others.add(snapshot);
        }
        return new LedgerHistory(table, LedgerCopy.in(table.properties()), Optional.empty(), others);
    }

    Ledger ledger() {
        Ledger ledger = carried();
        for (Advance picked : picked()) {
            if (ledger.refusal(picked).isEmpty()) {
                ledger = ledger.plus(picked);
            }
        }
        return ledger;
    }

    /** A whole history without a ledger is a rollback to before the first one: position and data go back together. */
    private Ledger carried() {
        return holder.map(snapshot -> LedgerJson.readLedger(snapshot.summary().getOrDefault(Ledgers.LEDGER, "")))
                .orElseGet(() -> isWhole() ? Ledger.EMPTY : copy.ledger());
    }

    /** Whether nothing is expired of what led here; without a ledger. */
    private boolean isWhole() {
        return oldest().map(snapshot -> snapshot.parentId() == null).orElse(true);
    }

    private Optional<Snapshot> oldest() {
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(others.size() - 1));
    }

    boolean isReplaced() {
        return holder.isEmpty() && copy.exists() && isWhole() && !isRolledBack();
    }

    private boolean isRolledBack() {
        return oldest().filter(root -> copy.sequenceNumber() > 0
                        ? root.sequenceNumber() < copy.sequenceNumber()
                        : hasNewerLedgerThan(root))
                .isPresent();
    }

    /** In tables of format version 1 there is but the time. */
    private boolean hasNewerLedgerThan(Snapshot root) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .anyMatch(snapshot -> snapshot.summary().containsKey(Ledgers.LEDGER)
                        && snapshot.timestampMillis() >= root.timestampMillis());
    }

    Optional<String> lost() {
        return rolledBack().or(this::pickedOutOfOrder);
    }

    private Optional<String> rolledBack() {
        return holder.isEmpty() && copy.exists() && !isWhole()
                ? oldest().filter(copy::isAheadOf)
                        .map(snapshot -> "was rolled back, and the snapshots are expired that say what it holds")
                : Optional.empty();
    }

    private Optional<String> pickedOutOfOrder() {
        Ledger ledger = carried();
        for (Advance picked : picked()) {
            Optional<String> refusal = ledger.refusal(picked);
            if (refusal.isPresent()) {
                return refusal.map(why -> "has rows that were cherry-picked: " + why);
            }
            ledger = ledger.plus(picked);
        }
        return Optional.empty();
    }

    /** What other snapshots had added that were cherry-picked since, oldest first. */
    private List<Advance> picked() {
        List<Advance> picked = new ArrayList<>();
        for (int i = others.size() - 1; i >= 0; i--) {
            String source = others.get(i).summary().get(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
            Optional.ofNullable(source)
                    .map(id -> table.snapshot(Long.parseLong(id)))
                    .flatMap(Ledgers::ranges)
                    .ifPresent(picked::add);
        }
        return picked;
    }
}
