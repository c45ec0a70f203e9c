package dev.firn.sink.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import dev.firn.sink.table.TableKind;

/** What is done with records that are envelopes of a row. */
public enum Envelopes {
    /** They are records like any other. */
    KEPT,
    /** The row is taken out if its schema says that rows are upserted. */
    OPENED_BY_CONTRACT,
    /** The row is taken out. */
    OPENED;

    /** Of records for a table.
     *
     * @param keyed whether its rows have a key, whatever their schema says
     */
    public static Envelopes of(TableKind kind, boolean keyed) {
        if (kind.isWhole()) {
            return KEPT;
        }
        return keyed ? OPENED : OPENED_BY_CONTRACT;
    }

    boolean opens(Envelope envelope) {
        return this == OPENED
                || (this == OPENED_BY_CONTRACT && Contract.of(envelope.row()).mode() == Mode.UPSERT);
    }
}
