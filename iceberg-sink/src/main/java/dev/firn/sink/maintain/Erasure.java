package dev.firn.sink.maintain;

import dev.firn.sink.commit.UpkeepCommit;
import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.upsert.LiveRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases all rows of a key from a table: files that hold some, even deleted ones, are written anew without them, and then the
 * snapshots are expired that still refer to the old files, however young. What a branch or tag names stays, and is named. Rows
 * that come in meanwhile may stay, so it is done again until nothing is found.
 */
public final class Erasure {
    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final int ATTEMPTS = 5;

    private final Catalog catalog;
    private final Clock clock;

    public Erasure(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What a table holds, or held, of a key.
     *
     * @param rows of the current snapshot
     * @param files of that, that hold some, deleted ones too
     * @param snapshots that refer to such files
     * @param kept branches and tags that do, and that nobody but their owners can let go
     */
    public record Found(long rows, int files, int snapshots, List<String> kept) {}

    /** Those of the tables that have all columns of a key.
     *
     * @param key values by column
     * @throws IllegalArgumentException if no column is named, or if a value is none of its column's
     * @throws RuntimeException whatever storage and catalog throw
     */
    List<TableIdentifier> concerned(List<TableIdentifier> tables, Map<String, String> key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("no column is named");
        }
        return tables.stream()
                .filter(name -> isConcerned(catalog.loadTable(name), key))
                .toList();
    }

    private static boolean isConcerned(Table table, Map<String, String> key) {
        boolean concerned =
                key.keySet().stream().allMatch(column -> table.schema().findField(column) != null);
        if (concerned) {
            Search.wanted(table, key);
        }
        return concerned;
    }

    /** Does it to a table that has all columns of a key. What was done before is not found again.
     *
     * @param key values by column
     * @param dryRun says what there is, and changes nothing
     * @return what there was
     * @throws IllegalArgumentException if a value is none of its column's
     * @throws IllegalStateException if it could not be done; what was not done can be done again
     * @throws RuntimeException whatever storage and catalog throw
     */
    public Found run(TableIdentifier name, Map<String, String> key, boolean dryRun) {
        Table table = BranchOperations.over(catalog.loadTable(name));
        return dryRun ? new Search(table, key).found() : run(table, key);
    }

    private Found run(Table table, Map<String, String> key) {
        Found found = new Search(table, key).found();
        for (int attempt = 1; rewrite(table, key); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException(table.name() + ": others were faster, or rows go on coming in");
            }
        }
        Expiry.Expired expired = Expiry.expire(table, () -> new Search(table, key).expirable());
        LOG.info(
                "Erased table={} rows={} files={} snapshots_expired={} kept_by={}",
                table.name(),
                found.rows(),
                found.files(),
                expired.snapshots(),
                found.kept());
        return found;
    }

    /** Whether there was something to do. */
    private boolean rewrite(Table table, Map<String, String> key) {
        table.refresh();
        Search search = new Search(table, key);
        Snapshot read = table.currentSnapshot();
        if (read == null || search.tasks.isEmpty()) {
            return false;
        }
        Instant begin = clock.instant();
        try (GroupWriter writer = new GroupWriter(table, search.wanted, Scratch.DEFAULT, Pace.unbroken(clock))) {
            List<GroupWriter.Written> written = written(search, writer);
            new UpkeepCommit(table, read, begin, writer.locations())
                    .removing(search.rows())
                    .run(new Rewrite(read, written))
                    .ifPresent(why -> LOG.info("Not erased yet table={} why={}", table.name(), why));
        }
        return true;
    }

    private static List<GroupWriter.Written> written(Search search, GroupWriter writer) {
        List<GroupWriter.Written> written = new ArrayList<>();
        try {
            search.tasks.forEach(task -> written.add(writer.write(FileGroup.alone(search.table, task))));
        } finally {
            if (written.size() < search.tasks.size()) {
                writer.discard();
            }
        }
        return written;
    }

    /** What a table has of a key, as it was loaded or last refreshed. */
    private static final class Search {
        private final Table table;
        private final Expression wanted;
        private final Schema columns;
        private final Holding holding;
        /** Of the current snapshot. */
        private final List<FileScanTask> tasks;

        private Search(Table table, Map<String, String> key) {
            this.table = table;
            this.wanted = wanted(table, key);
            this.columns = table.schema().select(key.keySet());
            this.holding = new Holding(table, wanted, columns);
            this.tasks = table.currentSnapshot() == null ? List.of() : tasks(holding.files(table.currentSnapshot()));
        }

        private static Expression wanted(Table table, Map<String, String> key) {
            return key.entrySet().stream()
                    .map(entry -> equal(table, entry.getKey(), entry.getValue()))
                    .reduce(Expressions.alwaysTrue(), Expressions::and);
        }

        private static Expression equal(Table table, String column, String text) {
            Type type = table.schema().findType(column);
            boolean isNumber = type.typeId() == TypeID.INTEGER || type.typeId() == TypeID.LONG;
            return isNumber ? Expressions.equal(column, number(column, text)) : Expressions.equal(column, text);
        }

        /** Whoever is told of it is not told the value. */
        private static long number(String column, String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(column + " is a whole number", e);
            }
        }

        private List<FileScanTask> tasks(Set<String> files) {
            List<FileScanTask> held = new ArrayList<>();
            try (CloseableIterable<FileScanTask> all =
                    table.newScan().filter(wanted).ignoreResiduals().planFiles()) {
                for (FileScanTask task : all) {
                    if (files.contains(task.file().location())) {
                        held.add(task);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return held;
        }

        private Found found() {
            List<Snapshot> snapshots = holding.snapshots();
            Set<Long> ids = snapshots.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
            List<String> kept = table.refs().entrySet().stream()
                    .filter(ref -> !ref.getKey().equals(SnapshotRef.MAIN_BRANCH)
                            && ids.contains(ref.getValue().snapshotId()))
                    .map(ref -> BranchOperations.realName(table, ref.getKey()))
                    .sorted()
                    .toList();
            return new Found(rows(), tasks.size(), snapshots.size(), kept);
        }

        private List<Snapshot> expirable() {
            Set<Long> named =
                    table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
            return holding.snapshots().stream()
                    .filter(snapshot -> !named.contains(snapshot.snapshotId()))
                    .toList();
        }

        private long rows() {
            return tasks.stream().mapToLong(this::rows).sum();
        }

        private long rows(FileScanTask task) {
            Evaluator evaluator = new Evaluator(columns.asStruct(), wanted);
            InternalRecordWrapper row = new InternalRecordWrapper(columns.asStruct());
            long count = 0;
            try (CloseableIterable<Record> rows = LiveRows.open(table, task, columns, true)) {
                for (Record each : rows) {
                    count += evaluator.eval(row.wrap(each)) ? 1 : 0;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return count;
        }
    }
}
