package dev.firn.sink.commit;

import java.util.OptionalLong;

/**
 * How one attempt to commit ended.
 *
 * <pre>
 * Committed  final
 * Refused    final; what the proposal wrote can be deleted
 * Conflict   another writer was faster: try again from a fresh base
 * Unknown    the attempt may or may not have arrived: delete nothing, try again; the next attempt looks for it first
 * Outage     nothing was sent: wait, try again
 * </pre>
 */
public sealed interface Outcome {
    /** The table holds the proposal, since this attempt or an earlier one.
     *
     * @param snapshotId empty where the table does not exist and the proposal had no files, so that nothing was to be kept
     */
    record Committed(OptionalLong snapshotId) implements Outcome {}

    /** The table's ledger is not where the proposal starts: somebody else has committed these offsets, or data went back. */
    record Refused(String why) implements Outcome {}

    record Conflict(RuntimeException cause) implements Outcome {}

    record Unknown(RuntimeException cause) implements Outcome {}

    record Outage(RuntimeException cause) implements Outcome {}
}
