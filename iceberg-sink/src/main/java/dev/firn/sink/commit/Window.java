package dev.firn.sink.commit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a lane has taken in for one table, closed and handed over to be committed: all of it or nothing.
 *
 * @param advance what it adds to the table's ledger
 * @param rows what goes into the table
 * @param rejectRanges what it adds to the quarantine table's ledger; empty if it has no rejects that aren't there yet
 * @param rejects what goes into the quarantine table
 * @param owner the lane, by a name that no other ever has
 * @param tally for those who watch
 * @param openedAt before the first of its files was begun
 * @param watermark event time before which the window's sources are complete, as far as they are in order
 * @param reply told once, from the committer's thread, how it ended
 */
public record Window(
        TableIdentifier table,
        Advance advance,
        WindowFiles rows,
        List<RejectRange> rejectRanges,
        WindowFiles rejects,
        String owner,
        Tally tally,
        Instant openedAt,
        Optional<Instant> watermark,
        Consumer<WindowEnd> reply) {
    public Window {
        rejectRanges = List.copyOf(rejectRanges);
    }

    /** As whom it is to be committed. */
    Map<RejectSource, String> owners() {
        return advance.ranges().stream()
                .collect(Collectors.toMap(range -> new RejectSource(table.toString(), range.source()), range -> owner));
    }

    boolean sharesSourceWith(Window other) {
        return advance.ranges().stream()
                .map(OffsetRange::source)
                .anyMatch(source -> other.advance().ranges().stream()
                        .anyMatch(range -> range.source().equals(source)));
    }
}
