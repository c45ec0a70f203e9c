package dev.firn.sink.publish;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import dev.firn.sink.commit.TableView;
import dev.firn.sink.table.WorkingBranch;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What readers of main would see next.
 *
 * @param to the snapshot that main would be moved to; null if there is nothing to publish
 * @param snapshots on the way there, newest first, as far as they are not expired
 * @param rowsBefore that readers see now
 * @param rowsAfter that they would see
 * @param offsets {@code [start, end)} by source, of which main would have what the branch has
 */
public record Publication(
        WorkingBranch branch,
        @Nullable Snapshot to,
        List<Snapshot> snapshots,
        long rowsBefore,
        long rowsAfter,
        Map<Source, Span> offsets) {

    /** Of the branch as it is.
     *
     * @param real the table, seen from main
     * @param upTo the newest of the branch's snapshots to be published; empty for all
     * @throws CannotPublishException if main can't be moved there
     */
    static Publication of(WorkingBranch branch, Table real, TableMetadata metadata, OptionalLong upTo) {
        Snapshot main = branch.main();
        long rows = main == null ? 0 : TableView.rows(main);
        List<Snapshot> unpublished = branch.unpublished(metadata);
        requireForward(branch, metadata);
        if (unpublished.isEmpty() && upTo.isEmpty()) {
            return new Publication(branch, null, List.of(), rows, rows, Map.of());
        }
        Snapshot to = unpublished.stream()
                .filter(snapshot -> upTo.isEmpty() || snapshot.snapshotId() == upTo.getAsLong())
                .findFirst()
                .orElseThrow(() -> new CannotPublishException("the snapshot %d is not on the branch %s, or is published"
                        .formatted(upTo.orElse(0), branch.name())));
        return new Publication(
                branch,
                to,
                unpublished.subList(unpublished.indexOf(to), unpublished.size()),
                rows,
                TableView.rows(to),
                offsets(Ledgers.of(real), Ledgers.at(to, real)));
    }

    private static void requireForward(WorkingBranch branch, TableMetadata metadata) {
        if (branch.standing() == WorkingBranch.Standing.DIVERGED) {
            throw new CannotPublishException(
                    ("main has snapshots that the branch %s has not: somebody else has committed to it since the"
                                    + " branch began there. Roll main back to %s, or drop the branch: what it holds is read again"
                                    + " then")
                            .formatted(branch.name(), common(branch, metadata)));
        }
    }

    private static String common(WorkingBranch branch, TableMetadata metadata) {
        List<Snapshot> own = branch.unpublished(metadata);
        Long parent = own.isEmpty() ? null : own.get(own.size() - 1).parentId();
        return parent == null ? "where the branch began" : "snapshot " + parent;
    }

    private static Map<Source, Span> offsets(Ledger before, Ledger after) {
        Map<Source, Span> offsets = new TreeMap<>();
        after.held().forEach((source, span) -> {
            long start = before.end(source).orElse(span.start());
            if (start < span.end()) {
                offsets.put(source, new Span(start, span.end()));
            }
        });
        return offsets;
    }
}
