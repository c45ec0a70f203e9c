package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.commit.CallersThread;
import dev.firn.sink.commit.UpkeepCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops rows past the age that a table says, by the time that it is partitioned by: whole files, once all of their partition is
 * older. No row is read. Files of a spec without such a partition stay.
 */
final class Retention {
    /** In a table's properties: how old rows become. */
    static final String PROPERTY = "firn.retain";

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Clock clock;

    Retention(Clock clock) {
        this.clock = clock;
    }

    /** What there is to drop.
     *
     * @param read the snapshot that it was planned for; null if there is none
     * @param rows that are not deleted yet
     */
    record Plan(@Nullable Snapshot read, List<DataFile> files, long rows) {
        static final Plan NOTHING = new Plan(null, List.of(), 0);
    }

    /** Why it can't be told how old rows become; empty if it can, or if the table's properties say nothing. */
    static Optional<String> refusal(Table table) {
        try {
            var unused = age(table.properties());
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What there is to drop of the table as it was loaded or last refreshed: nothing, where that can't be told.
     *
     * @throws RuntimeException whatever the storage throws
     */
    Plan plan(Table table) {
        Snapshot current = table.currentSnapshot();
        if (current == null || refusal(table).isPresent()) {
            return Plan.NOTHING;
        }
        return age(table.properties())
                .map(age -> plan(table, current, clock.instant().minus(age)))
                .orElse(Plan.NOTHING);
    }

    private static Optional<Duration> age(Map<String, String> properties) {
        String text = properties.get(PROPERTY);
        return Optional.ofNullable(text)
                .map(it -> new SettingTexts("firn.", Map.of("retain", it), List.of("retain"))
                        .duration("retain", Duration.ZERO));
    }

    private static Plan plan(Table table, Snapshot current, Instant oldest) {
        List<DataFile> files = new ArrayList<>();
        long rows = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(current.snapshotId())
                .planWith(CallersThread.EXECUTOR)
                .planFiles()) {
            for (FileScanTask task : tasks) {
                if (end(task).filter(end -> !end.isAfter(oldest)).isPresent()) {
                    files.add(task.file());
                    rows += rows(task);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Plan(current, files, rows);
    }

    private static long rows(FileScanTask task) {
        return task.file().recordCount()
                - task.deletes().stream()
                        .filter(delete -> ContentFileUtil.isFileScoped(delete))
                        .mapToLong(DeleteFile::recordCount)
                        .sum();
    }

    /** When a file's partition is over; empty if that says nothing of time. */
    private static Optional<Instant> end(FileScanTask task) {
        PartitionSpec spec = task.spec();
        for (int i = 0; i < spec.fields().size(); i++) {
            Optional<ChronoUnit> unit = unit(spec.fields().get(i));
            if (unit.isPresent()) {
                Integer ordinal = task.partition().get(i, Integer.class);
                return Optional.ofNullable(ordinal).map(it -> start(it + 1, unit.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<ChronoUnit> unit(PartitionField field) {
        return switch (field.transform().toString()) {
            case "year" -> Optional.of(ChronoUnit.YEARS);
            case "month" -> Optional.of(ChronoUnit.MONTHS);
            case "day" -> Optional.of(ChronoUnit.DAYS);
            case "hour" -> Optional.of(ChronoUnit.HOURS);
            default -> Optional.empty();
        };
    }

    private static Instant start(int ordinal, ChronoUnit unit) {
        return Instant.EPOCH.atOffset(ZoneOffset.UTC).plus(ordinal, unit).toInstant();
    }

    /** Does it.
     *
     * @return why it could not be; empty if it is done, or there was nothing to do
     * @throws RuntimeException whatever storage and catalog throw
     */
    Optional<String> run(Table table, Plan plan) {
        Snapshot read = plan.read();
        if (read == null || plan.files().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> refusal = new UpkeepCommit(table, read, clock.instant(), List.of())
                .removing(plan.rows())
                .run((base, name) -> drop(base, plan.files()));
        LOG.info(
                "Rows past their age table={} files={} rows={} {}",
                table.name(),
                plan.files().size(),
                plan.rows(),
                refusal.map(why -> "left: " + why).orElse("dropped"));
        return refusal;
    }

    private static SnapshotUpdate<?> drop(Table base, List<DataFile> files) {
        DeleteFiles delete = base.newDelete().validateFilesExist();
        files.forEach(delete::deleteFile);
        return delete;
    }
}
