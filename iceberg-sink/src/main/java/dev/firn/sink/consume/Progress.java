package dev.firn.sink.consume;

import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.RejectMark;
import dev.firn.sink.commit.RejectRange;
import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import java.util.Optional;
import java.util.Set;

/**
 * How far a table has followed one source: what the next window's range will be. No I/O; for one thread.
 *
 * <p>Ranges follow each other without a gap: each starts where the one before ended. A range in which nothing happened is
 * not closed, but grows.
 */
final class Progress {
    private final RejectSource source;
    private final Origin origin;
    private final Set<Long> rejectedBefore;
    private boolean handedOver;
    /** Whether the table's ledger has an entry for the source. */
    private boolean held;

    private long start;
    private long next;
    private RejectMark mark;
    private long rows;
    private long quarantined;
    private long rejects;

    /**
     * Begins to follow.
     *
     * @param origin what the offsets belong to
     * @param position where the table stands
     */
    Progress(RejectSource source, Origin origin, long start, Position position) {
        this.source = source;
        this.origin = origin;
        this.start = start;
        this.next = start;
        this.mark = position.mark();
        this.rejectedBefore = position.rejected();
        this.held = position.end().isPresent();
    }

    Source source() {
        return source.source();
    }

    Origin origin() {
        return origin;
    }

    long next() {
        return next;
    }

    boolean wasRejectedBefore(long offset) {
        return !rejectedBefore.isEmpty() && rejectedBefore.contains(offset);
    }

    void row() {
        rows++;
    }

    /** A record for the quarantine table. */
    void reject() {
        quarantined++;
        rejects++;
    }

    /** A record that the quarantine table holds already. */
    void rejectedBefore() {
        quarantined++;
    }

    /** All below the offset is in the window, or held no record. */
    void reached(long offset) {
        if (offset < next) {
            throw new IllegalStateException(source + ": back from " + next + " to " + offset);
        }
        next = offset;
    }

    /** Whether the range so far has no record, wherever it would have gone. */
    boolean isEmpty() {
        return rows + quarantined == 0;
    }

    /** The table holds a range of the source. */
    void hold() {
        held = true;
    }

    /** Whether the table must have an entry for the source when the range is committed.
     *
     * @param allSettled whether all that was handed over has been settled, so that it shows whether it left an entry
     */
    boolean isContinued(boolean allSettled) {
        return held || (handedOver && !allSettled);
    }

    /** What the window adds to the table's ledger. */
    OffsetRange range() {
        return new OffsetRange(source(), start, next, rows, quarantined);
    }

    /** What the window adds to the quarantine table's ledger. */
    Optional<RejectRange> rejectRange() {
        return rejects == 0 ? Optional.empty() : Optional.of(new RejectRange(source, mark, next, rejects));
    }

    /** Begins the next range at the end of this one, as if what was closed were held. */
    void handOver() {
        rejectRange().ifPresent(range -> mark = range.after());
        handedOver = true;
        start = next;
        rows = 0;
        quarantined = 0;
        rejects = 0;
    }
}
