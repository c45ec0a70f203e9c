package dev.firn.sink.commit;

import java.time.Instant;
import java.util.OptionalLong;

/** What became of a {@link Window}. */
public sealed interface WindowEnd {
    /** The table holds it.
     *
     * @param snapshotId empty where there is no table, because all there ever was of the topic went to quarantine
     */
    record Held(OptionalLong snapshotId, Instant at) implements WindowEnd {}

    /** It is not known to be in the table: its records have to be read again, from where the ledger then ends. */
    record Dropped(String why) implements WindowEnd {}
}
