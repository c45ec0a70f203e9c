package dev.firn.sink.commit;

/** The rejects of one source up to an offset that a commit adds to the quarantine table.
 *
 * @param base must be the ledger's mark for the commit to be accepted
 * @param end all rejects below it are in the table with this commit
 * @param rows how many this commit adds
 */
public record RejectRange(RejectSource source, RejectMark base, long end, long rows) {
    /** The ledger's mark after the commit. */
    public RejectMark after() {
        return base.plus(end, rows);
    }
}
