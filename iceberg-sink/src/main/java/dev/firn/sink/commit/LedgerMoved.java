package dev.firn.sink.commit;

import org.apache.iceberg.exceptions.ValidationException;

/** The base that is committed to has another ledger than the one that was proved and carried forward. */
final class LedgerMoved extends ValidationException {
    LedgerMoved() {
        super("the ledger moved between proof and commit");
    }
}
