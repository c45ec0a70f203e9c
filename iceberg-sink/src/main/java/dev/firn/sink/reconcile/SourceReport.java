package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Source;
import java.util.List;

/**
 * How one table stands with one source.
 *
 * @param end of the ledger
 * @param held records that the table has a row of
 * @param quarantined records that are in quarantine instead
 * @param missing records below the ledger's end that are nowhere
 * @param doubled rows too many: more than one of a record, or a row of one that is in quarantine, too
 * @param beyond rows outside what the ledger says
 * @param unknown rows of records that the source never had, or never committed
 * @param skipped offsets that an operator gave up, because the source had lost them, and records whose rows were removed on
 *     purpose; no fault
 * @param lag offsets that the source has past the ledger's end; no fault
 * @param faults a line for each thing that is not as it must be
 */
public record SourceReport(
        String table,
        Source source,
        long end,
        long held,
        long quarantined,
        long missing,
        long doubled,
        long beyond,
        long unknown,
        long skipped,
        long lag,
        List<String> faults) {
    public SourceReport {
        faults = List.copyOf(faults);
    }

    public boolean exact() {
        return faults.isEmpty();
    }
}
