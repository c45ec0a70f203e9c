package dev.firn.sink.maintain;

import dev.firn.sink.upsert.CopiedRows;
import dev.firn.sink.upsert.LiveRows;
import dev.firn.sink.upsert.RowsInOrder;
import dev.firn.sink.upsert.ShuffledRows;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the rows of a group that are not deleted into one file, or some: by the table's schema as it is now, in the partition and by
 * the spec that they have, with the identity that rows have from format version 3 on. Holds a row group in memory, and one of each
 * file that it reads at a time; what it notes of rows that change their order, it lets go when it is closed.
 */
final class GroupWriter implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    /** The first version whose rows have an identity. */
    private static final int FIRST_WITH_LINEAGE = 3;

    private final Table table;
    private final Schema written;
    private final Schema read;
    /** Which column has the file that a row is copied from; the next one has its position. */
    private final int file;

    private final Evaluator without;
    private final InternalRecordWrapper row;
    private final Scratch scratch;
    private final Pace pace;
    private final String name = UUID.randomUUID().toString();
    /** All files begun so far. */
    private final List<String> locations = new ArrayList<>();

    /** Where rows were that have changed their order. */
    private Optional<FileChannel> log = Optional.empty();

    /** Begins.
     *
     * @param without rows of the table that are left out, as if they were deleted
     * @param scratch for rows whose order changes
     * @param pace stepped with each row
     */
    GroupWriter(Table table, Expression without, Scratch scratch, Pace pace) {
        this.table = table;
        this.scratch = scratch;
        this.pace = pace;
        this.written = TableUtil.formatVersion(table) >= FIRST_WITH_LINEAGE
                ? MetadataColumns.schemaWithRowLineage(table.schema())
                : table.schema();
        List<Types.NestedField> columns = new ArrayList<>(written.columns());
        this.file = columns.size();
        columns.add(MetadataColumns.FILE_PATH);
        columns.add(MetadataColumns.ROW_POSITION);
        this.read = new Schema(columns);
        this.without = new Evaluator(table.schema().asStruct(), without);
        this.row = new InternalRecordWrapper(read.asStruct());
    }

    /** What was written of a group.
     *
     * @param copies none if all rows are deleted
     */
    record Written(FileGroup group, List<CopiedRows.Copy> copies) {}

    /** Of all files that were begun, complete or not. */
    List<String> locations() {
        return List.copyOf(locations);
    }

    /** Deletes all files that were begun, none of which any table may refer to. What can't be deleted is left behind. */
    void discard() {
        locations.forEach(this::delete);
    }

    private void delete(String location) {
        try {
            table.io().deleteFile(location);
        } catch (RuntimeException e) {
            // the storage's own, whatever it is
            LOG.warn("Could not delete file={}: an orphan now", location, e);
        }
    }

    /** Copies.
     *
     * @throws RuntimeException whatever the storage throws
     */
    Written write(FileGroup group) {
        try (Copies copies = new Copies(group)) {
            if (group.clusterBy().isPresent()) {
                cluster(group, group.clusterBy().get(), copies);
            } else if (group.isSorted()) {
                copy(SortedRows.open(table, group, read), copies);
            } else {
                group.tasks().forEach(task -> copy(rows(task), copies));
            }
            return new Written(group, copies.complete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CloseableIterable<Record> rows(FileScanTask task) {
        return LiveRows.open(table, task, read, true);
    }

    private CloseableIterable<Record> paced(FileScanTask task) {
        return CloseableIterable.transform(rows(task), row -> {
            pace.step();
            return row;
        });
    }

    private void cluster(FileGroup group, ClusterBy by, Copies copies) throws IOException {
        try (ClusteredRows rows = ClusteredRows.of(group, by, read, scratch, this::paced)) {
            long files = (group.bytes() - 1) / TargetSize.of(table) + 1;
            copies.split((rows.count() - 1) / files + 1);
            copy(CloseableIterable.withNoopClose(rows.inOrder()), copies);
        }
    }

    private void copy(CloseableIterable<Record> records, Copies copies) {
        try (records) {
            for (Record each : records) {
                if (!without.eval(row.wrap(each))) {
                    copies.write(each);
                }
                pace.step();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileChannel log() {
        FileChannel there = log.orElseGet(scratch::open);
        log = Optional.of(there);
        return there;
    }

    @Override
    public void close() {
        try {
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (IOException e) {
            LOG.warn("Could not close what was noted of rows", e);
        }
    }

    /** The files, of which there are none until there is a row. */
    private final class Copies implements AutoCloseable {
        private final FileGroup group;
        private final String suffix;
        private final List<CopiedRows.Copy> complete = new ArrayList<>();
        private Optional<Open> open = Optional.empty();
        private long most = Long.MAX_VALUE;

        private record Open(DataWriter<Record> writer, CopiedRows rows) {}

        private Copies(FileGroup group) {
            this.group = group;
            this.suffix = group.suffix();
        }

        /** A file is to have so many rows. */
        private void split(long rows) {
            most = rows;
        }

        private void write(Record row) throws IOException {
            if (open.isPresent() && open.get().rows().count() == most) {
                completeOne();
            }
            if (open.isEmpty()) {
                open = Optional.of(new Open(open(), rows()));
            }
            open.get().writer().write(row);
            open.get().rows().copied((String) row.get(file), (Long) row.get(file + 1));
        }

        private CopiedRows rows() {
            CopiedRows rows = group.clusterBy().isPresent() ? new ShuffledRows(log()) : new RowsInOrder();
            group.files().forEach(each -> rows.begin(each.location()));
            return rows;
        }

        private DataWriter<Record> open() {
            EncryptedOutputFile file = newFile();
            locations.add(file.encryptingOutputFile().location());
            try {
                return Parquet.writeData(file)
                        .forTable(table)
                        .schema(written)
                        .withSpec(group.spec())
                        .withPartition(group.partition())
                        .withSortOrder(group.isSorted() ? table.sortOrder() : SortOrder.unsorted())
                        .createWriterFunc(type -> GenericParquetWriter.create(written, type))
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private EncryptedOutputFile newFile() {
            OutputFileFactory files = OutputFileFactory.builderFor(table, 0, 0)
                    .operationId(name + "-" + locations.size())
                    .suffix(suffix)
                    .format(FileFormat.PARQUET)
                    .build();
            // Iceberg makes data//NAME of a partition without fields, which not every storage takes
            return group.spec().isUnpartitioned()
                    ? files.newOutputFile()
                    : files.newOutputFile(group.spec(), group.partition());
        }

        private List<CopiedRows.Copy> complete() throws IOException {
            completeOne();
            return complete;
        }

        private void completeOne() throws IOException {
            if (open.isPresent()) {
                open.get().writer().close();
                open.get().rows().complete();
                complete.add(new CopiedRows.Copy(
                        open.get().writer().toDataFile(), open.get().rows()));
                open = Optional.empty();
            }
        }

        @Override
        public void close() throws IOException {
            if (open.isPresent()) {
                open.get().writer().close();
            }
        }
    }
}
