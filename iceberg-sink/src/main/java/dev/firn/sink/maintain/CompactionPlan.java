package dev.firn.sink.maintain;

import dev.firn.sink.commit.CallersThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Which files of a table are to become one, each with others of its partition: those that are far from the target size, in the
 * order that they came in, as many as make a file of that size; and those of whose rows many are deleted. Partitions that nothing
 * came into for the longest time are first.
 */
final class CompactionPlan {
    /** At one time; what is small beyond that is seen when these are done. */
    private static final int MOST = 20_000;

    private final Table table;
    private final Snapshot snapshot;
    private final MaintainSettings settings;
    private final long target;
    private final Quiet quiet;
    private final Map<Place, Partition> partitions = new HashMap<>();

    private CompactionPlan(Table table, Snapshot snapshot, MaintainSettings settings, Instant now, boolean all) {
        this.table = table;
        this.snapshot = snapshot;
        this.settings = settings;
        this.target = TargetSize.of(table);
        this.quiet = all ? Quiet.ALL : Quiet.of(table, settings.settle(), now);
    }

    private record Place(int spec, StructLikeWrapper partition, boolean isSorted) {}

    /** Files that may be worth to be written anew. */
    private static final class Partition {
        private final List<FileScanTask> candidates = new ArrayList<>();
        private long newest;
    }

    /** Of the snapshot given.
     *
     * @param all as if nothing came in any more
     * @throws RuntimeException whatever the storage throws
     */
    static List<FileGroup> of(Table table, Snapshot snapshot, MaintainSettings settings, Instant now, boolean all) {
        CompactionPlan plan = new CompactionPlan(table, snapshot, settings, now, all);
        plan.look();
        return plan.groups();
    }

    private void look() {
        int found = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshot.snapshotId())
                .ignoreResiduals()
                .planWith(CallersThread.EXECUTOR)
                .planFiles()) {
            for (FileScanTask task : tasks) {
                found += look(task, found < MOST) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean look(FileScanTask task, boolean hasRoom) {
        PartitionSpec spec = task.spec();
        Place place = new Place(
                spec.specId(),
                StructLikeWrapper.forType(spec.partitionType()).set(task.partition()),
                FileGroup.isSorted(table, task.file()));
        Partition partition = partitions.computeIfAbsent(place, it -> new Partition());
        partition.newest = Math.max(partition.newest, cameWith(task));
        boolean isCandidate =
                hasRoom && task.file().format() == FileFormat.PARQUET && (isSmall(task) || isHollow(task));
        if (isCandidate) {
            partition.candidates.add(task);
        }
        return isCandidate;
    }

    private static long cameWith(FileScanTask task) {
        return Objects.requireNonNullElse(task.file().dataSequenceNumber(), 0L);
    }

    private boolean isSmall(FileScanTask task) {
        return FileGroup.bytes(task) < target / 4 * 3;
    }

    private boolean isHollow(FileScanTask task) {
        return FileGroup.deleted(task) * 100 >= settings.deletePercent();
    }

    private List<FileGroup> groups() {
        List<FileGroup> groups = new ArrayList<>();
        partitions.forEach((place, partition) -> groups.addAll(groups(place, partition)));
        groups.sort(Comparator.comparingLong(FileGroup::newest).thenComparingLong(FileGroup::bytes));
        return groups;
    }

    private List<FileGroup> groups(Place place, Partition partition) {
        partition.candidates.sort(Comparator.comparingLong(CompactionPlan::cameWith));
        List<FileGroup> groups = new ArrayList<>();
        List<FileScanTask> bin = new ArrayList<>();
        long bytes = 0;
        for (FileScanTask task : partition.candidates) {
            boolean isWhole = bytes + FileGroup.bytes(task) > target;
            if (!bin.isEmpty() && (isWhole || (place.isSorted() && SortedRows.areEnough(bin)))) {
                add(groups, bin, place, partition, isWhole);
                bin.clear();
                bytes = 0;
            }
            bin.add(task);
            bytes += FileGroup.bytes(task);
        }
        add(groups, bin, place, partition, false);
        return groups;
    }

    private void add(
            List<FileGroup> groups, List<FileScanTask> bin, Place place, Partition partition, boolean isWhole) {
        boolean isSettled = quiet.isSettled(partition.newest);
        List<FileScanTask> worth =
                quiet.isOver(partition.newest) || (isWhole && bin.size() > 1) ? bin : withoutLargest(bin);
        int enough = place.isSorted() ? Math.min(SortedRows.FILES, settings.enough(table)) : settings.enough(table);
        if (worth.size() >= (isWhole || isSettled ? 2 : enough)
                || worth.stream().anyMatch(this::isHollow)) {
            groups.add(new FileGroup(worth, place.isSorted(), partition.newest, Optional.empty()));
        }
    }

    /** Files that are larger than all others together are left until there is more to be put to them. */
    private List<FileScanTask> withoutLargest(List<FileScanTask> bin) {
        List<FileScanTask> rest = new ArrayList<>(bin);
        while (rest.size() > 1) {
            long bytes = rest.stream().mapToLong(FileGroup::bytes).sum();
            FileScanTask largest = rest.stream()
                    .max(Comparator.comparingLong(FileGroup::bytes))
                    .orElseThrow();
            if (isHollow(largest) || FileGroup.bytes(largest) * 2 <= bytes) {
                break;
            }
            rest.remove(largest);
        }
        return rest;
    }
}
