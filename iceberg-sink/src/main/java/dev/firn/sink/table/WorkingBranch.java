package dev.firn.sink.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The branch that a table's commits go to, until they are published by moving main forward to it, and how it stands to main.
 *
 * @param head what the next commit follows: the branch's, or main's where the branch holds nothing that main does not; null if
 *     there is no snapshot at all
 * @param main what readers see; null if it has no snapshot
 */
public record WorkingBranch(
        String name, @Nullable Snapshot head, @Nullable Snapshot main, Standing standing) {
    /** In a table's properties: the name of the branch. Commits go to main where it is not set. */
    public static final String PROPERTY = "firn.branch";

    /**
     * In a table's properties: {@code BRANCH@SNAPSHOT}, of main, that the branch's newest commit descends from. Tells where the
     * two stand to each other when the snapshots between them are expired.
     */
    static final String MARK = "firn.branched-at";

    /** How the branch stands to main. */
    public enum Standing {
        /** It holds nothing that main does not hold. */
        PUBLISHED,
        /** It has commits that follow main's newest. */
        AHEAD,
        /** Each has commits that the other one has not. */
        DIVERGED
    }

    /** The branch that the properties name, whether it is there yet or not. */
    public static Optional<WorkingBranch> in(TableMetadata table) {
        return named(table).map(name -> of(name, table));
    }

    private static Optional<String> named(TableMetadata table) {
        return Optional.ofNullable(table.properties().get(PROPERTY))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(SnapshotRef.MAIN_BRANCH));
    }

    /** One that the properties do not name any more, and that has commits that main has not. */
    public static Optional<WorkingBranch> leftBehind(TableMetadata table) {
        return Optional.ofNullable(table.properties().get(MARK))
                .map(mark -> mark.substring(0, mark.lastIndexOf('@')))
                .filter(name -> !named(table).equals(Optional.of(name)))
                .map(name -> of(name, table))
                .filter(branch -> branch.standing() != Standing.PUBLISHED);
    }

    private static WorkingBranch of(String name, TableMetadata table) {
        Snapshot main = table.currentSnapshot();
        SnapshotRef ref = table.ref(name);
        Snapshot head = ref == null ? null : table.snapshot(ref.snapshotId());
        if (head == null) {
            return new WorkingBranch(name, main, main, Standing.PUBLISHED);
        }
        Standing standing = main == null ? Standing.AHEAD : standing(name, head, main, table);
        return new WorkingBranch(name, standing == Standing.PUBLISHED ? main : head, main, standing);
    }

    private static Standing standing(String name, Snapshot head, Snapshot main, TableMetadata table) {
        Descent behind = Descent.of(main, head, table);
        Descent ahead = Descent.of(head, main, table);
        String mark = table.properties().getOrDefault(MARK, "");
        if (behind == Descent.YES || (behind == Descent.CUT && mark.equals(mark(name, head)))) {
            return Standing.PUBLISHED;
        }
        boolean follows = ahead == Descent.YES || (ahead == Descent.CUT && mark.equals(mark(name, main)));
        return follows ? Standing.AHEAD : Standing.DIVERGED;
    }

    /** Whether a snapshot is another one, or descends from it, as far as what is left of its history tells. */
    private enum Descent {
        YES,
        NO,
        CUT;

        static Descent of(Snapshot from, Snapshot ancestor, TableMetadata table) {
            Snapshot oldest = from;
            for (Snapshot each : SnapshotUtil.ancestorsOf(from.snapshotId(), table::snapshot)) {
                if (each.snapshotId() == ancestor.snapshotId()) {
                    return YES;
                }
                if (each.sequenceNumber() < ancestor.sequenceNumber()) {
                    return NO;
                }
                oldest = each;
            }
            return oldest.parentId() == null ? NO : CUT;
        }
    }

    /** Of the branch when its newest commit descends from that snapshot of main. */
    static String mark(String name, @Nullable Snapshot main) {
        return name + "@" + (main == null ? "" : main.snapshotId());
    }

    /** What the branch has that main has not, newest first, as far as it is not expired. */
    public List<Snapshot> unpublished(TableMetadata table) {
        if (head == null || standing == Standing.PUBLISHED) {
            return List.of();
        }
        Set<Long> published = ancestors(main, table).map(Snapshot::snapshotId).collect(Collectors.toSet());
        return ancestors(head, table)
                .takeWhile(snapshot -> !published.contains(snapshot.snapshotId()))
                .toList();
    }

    private static Stream<Snapshot> ancestors(@Nullable Snapshot from, TableMetadata table) {
        return from == null
                ? Stream.of()
                : StreamSupport.stream(
                        SnapshotUtil.ancestorsOf(from.snapshotId(), table::snapshot)
                                .spliterator(),
                        false);
    }

    /** Whether main is at a snapshot, or beyond, for certain. */
    public static boolean isOnMain(Snapshot snapshot, TableMetadata table) {
        Snapshot main = table.currentSnapshot();
        return main != null && Descent.of(main, snapshot, table) == Descent.YES;
    }

    /** The table with main moved forward to one of the branch's snapshots. */
    public TableMetadata published(TableMetadata table, Snapshot to) {
        SnapshotRef before = table.ref(SnapshotRef.MAIN_BRANCH);
        SnapshotRef after = before == null
                ? SnapshotRef.branchBuilder(to.snapshotId()).build()
                : SnapshotRef.builderFrom(before, to.snapshotId()).build();
        return TableMetadata.buildFrom(table)
                .setRef(SnapshotRef.MAIN_BRANCH, after)
                .setProperties(Map.of(MARK, mark(name, to)))
                .build();
    }
}
