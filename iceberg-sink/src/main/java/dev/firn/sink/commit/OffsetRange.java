package dev.firn.sink.commit;

/** The offsets {@code [start, end)} of one source that a commit adds to a table.
 *
 * <p>Offsets that hold no record (transaction markers, compacted records) count as held. So {@code rows + quarantined}
 * is at most {@code end - start}.
 *
 * @param start must be the ledger's end for the commit to be accepted
 * @param rows that went into the table
 * @param quarantined that went into the quarantine table instead
 */
public record OffsetRange(Source source, long start, long end, long rows, long quarantined) {
    public OffsetRange {
        if (start < 0 || end < start || rows + quarantined > end - start) {
            throw new IllegalArgumentException(
                    source + " [" + start + ", " + end + ") can't hold " + rows + " + " + quarantined + " records");
        }
    }

    @Override
    public String toString() {
        return source + "[" + start + "," + end + ")";
    }
}
