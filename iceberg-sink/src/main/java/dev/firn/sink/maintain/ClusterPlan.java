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
 * Which files of a table are to be ordered together, each with others of its partition. Files that were, are a run; the others are
 * one each. What {@link CompactionPlan} does with files to make larger ones, this does with runs, and each file that is in none
 * is taken in the end. So no row is written again and again, and a partition that is one run rests.
 */
final class ClusterPlan {
    /** Files at one time; what there is beyond that is seen when these are done. */
    private static final int MOST = 20_000;
    /** Of a run, at most: it goes through the disk, and what was done of it is lost if the process dies. */
    private static final int RUN_FILES = 16;

    private static final long RUN_BYTES = 2L << 30;
    /** A filter looks into each of them; so many are worth to be ordered together, though more will come in. */
    private static final int RUNS = 8;

    private final Table table;
    private final Snapshot snapshot;
    private final MaintainSettings settings;
    private final ClusterBy by;
    private final Quiet quiet;
    private final long target;
    private final Map<Place, Partition> partitions = new HashMap<>();

    private ClusterPlan(Table table, Snapshot snapshot, MaintainSettings settings, ClusterBy by, Quiet quiet) {
        this.table = table;
        this.snapshot = snapshot;
        this.settings = settings;
        this.by = by;
        this.quiet = quiet;
        this.target = Math.max(TargetSize.of(table), Math.min(RUN_BYTES, RUN_FILES * TargetSize.of(table)));
    }

    private record Place(int spec, StructLikeWrapper partition) {}

    private static final class Partition {
        private final Map<String, Run> runs = new HashMap<>();
        private long newest;
    }

    /** Files that were ordered together, or one that was not. */
    private record Run(boolean isOrdered, List<FileScanTask> tasks) {
        long bytes() {
            return tasks.stream().mapToLong(FileGroup::bytes).sum();
        }

        long cameWith() {
            return tasks.stream().mapToLong(ClusterPlan::cameWith).max().orElse(0);
        }

        double deleted() {
            long rows = tasks.stream().mapToLong(it -> it.file().recordCount()).sum();
            return tasks.stream()
                            .mapToDouble(it -> FileGroup.deleted(it) * it.file().recordCount())
                            .sum()
                    / Math.max(1, rows);
        }
    }

    /** Of the snapshot given, as {@link CompactionPlan#of}. */
    static List<FileGroup> of(
            Table table, Snapshot snapshot, MaintainSettings settings, ClusterBy by, Instant now, boolean all) {
        Quiet quiet = all ? Quiet.ALL : Quiet.of(table, settings.settle(), now);
        ClusterPlan plan = new ClusterPlan(table, snapshot, settings, by, quiet);
        plan.look();
        return plan.groups();
    }

    private static long cameWith(FileScanTask task) {
        return Objects.requireNonNullElse(task.file().dataSequenceNumber(), 0L);
    }

    private void look() {
        List<String> columns =
                by.columns().stream().map(table.schema()::findColumnName).toList();
        int found = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshot.snapshotId())
                .includeColumnStats(columns)
                .ignoreResiduals()
                .planWith(CallersThread.EXECUTOR)
                .planFiles()) {
            for (FileScanTask task : tasks) {
                look(task, found++ < MOST);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look(FileScanTask task, boolean hasRoom) {
        PartitionSpec spec = task.spec();
        Place place = new Place(
                spec.specId(), StructLikeWrapper.forType(spec.partitionType()).set(task.partition()));
        Partition partition = partitions.computeIfAbsent(place, it -> new Partition());
        partition.newest = Math.max(partition.newest, cameWith(task));
        if (hasRoom && task.file().format() == FileFormat.PARQUET) {
            String location = task.file().location();
            Optional<String> run = by.run(location);
            partition
                    .runs
                    .computeIfAbsent(run.orElse(location), it -> new Run(run.isPresent(), new ArrayList<>()))
                    .tasks()
                    .add(task);
        }
    }

    private boolean isCandidate(Run run) {
        return !run.isOrdered() || run.bytes() < target / 4 * 3 || isHollow(run);
    }

    private boolean isHollow(Run run) {
        return run.deleted() * 100 >= settings.deletePercent();
    }

    private List<FileGroup> groups() {
        List<FileGroup> groups = new ArrayList<>();
        partitions.values().forEach(partition -> groups.addAll(groups(partition)));
        groups.sort(Comparator.comparingLong(FileGroup::newest).thenComparingLong(FileGroup::bytes));
        return groups;
    }

    private List<FileGroup> groups(Partition partition) {
        List<Run> candidates = partition.runs.values().stream()
                .filter(this::isCandidate)
                .sorted(Comparator.comparingLong(Run::cameWith))
                .toList();
        List<FileGroup> groups = new ArrayList<>();
        List<Run> bin = new ArrayList<>();
        long bytes = 0;
        for (Run run : candidates) {
            if (!bin.isEmpty() && bytes + run.bytes() > target) {
                add(groups, bin, partition.newest, true);
                bin.clear();
                bytes = 0;
            }
            bin.add(run);
            bytes += run.bytes();
        }
        add(groups, bin, partition.newest, false);
        return groups;
    }

    private void add(List<FileGroup> groups, List<Run> bin, long newest, boolean isWhole) {
        List<Run> worth = quiet.isOver(newest) || isWhole ? bin : withoutLargest(bin);
        long loose = worth.stream().filter(run -> !run.isOrdered()).count();
        boolean isNow = quiet.isSettled(newest) || isWhole;
        if (loose >= (isNow ? 1 : settings.enough(table))
                || worth.size() - loose >= (isNow ? 2 : RUNS)
                || worth.stream().anyMatch(this::isHollow)) {
            List<FileScanTask> tasks =
                    worth.stream().flatMap(run -> run.tasks().stream()).toList();
            groups.add(new FileGroup(tasks, false, newest, Optional.of(by)));
        }
    }

    /** Runs that are larger than all others together are left until there is more to be put to them. */
    private List<Run> withoutLargest(List<Run> bin) {
        List<Run> rest = new ArrayList<>(bin);
        while (rest.size() > 1) {
            long bytes = rest.stream().mapToLong(Run::bytes).sum();
            Run largest =
                    rest.stream().max(Comparator.comparingLong(Run::bytes)).orElseThrow();
            if (!largest.isOrdered() || isHollow(largest) || largest.bytes() * 2 <= bytes) {
                break;
            }
            rest.remove(largest);
        }
        return rest;
    }
}
