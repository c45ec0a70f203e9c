package dev.firn.sink.maintain;

import dev.firn.sink.upsert.CopiedRows;
import dev.firn.sink.upsert.LiveRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
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
 * Copies the rows of a group that are not deleted into one file: by the table's schema as it is now, in the partition and by the
 * spec that they have, with the identity that rows have from format version 3 on. Holds a row group in memory, and one of each
 * file that it reads at a time.
 */
final class GroupWriter {
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
    private final String name = UUID.randomUUID().toString();
    /** All files begun so far. */
    private final List<String> locations = new ArrayList<>();

    /** Begins.
     *
     * @param without rows of the table that are left out, as if they were deleted
     */
    GroupWriter(Table table, Expression without) {
        this.table = table;
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
     * @param file empty if all rows are deleted
     */
    record Written(FileGroup group, Optional<DataFile> file, CopiedRows rows) {
        List<CopiedRows.Copy> copies() {
            return file.map(it -> new CopiedRows.Copy(it, rows)).stream().toList();
        }
    }

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
        CopiedRows rows = new CopiedRows();
        try (Out out = new Out(group)) {
            group.files().forEach(each -> rows.begin(each.location()));
            if (group.isSorted()) {
                copy(SortedRows.open(table, group, read), rows, out);
            } else {
                group.tasks().forEach(task -> copy(LiveRows.open(table, task, read, true), rows, out));
            }
            return new Written(group, out.complete(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(CloseableIterable<Record> records, CopiedRows rows, Out out) {
        try (records) {
            for (Record each : records) {
                if (without.eval(row.wrap(each))) {
                    continue;
                }
                out.write(each);
                rows.copied((String) each.get(file), (Long) each.get(file + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, which there is none of until there is a row. */
    private final class Out implements AutoCloseable {
        private final FileGroup group;
        private Optional<DataWriter<Record>> writer = Optional.empty();

        private Out(FileGroup group) {
            this.group = group;
        }

        private void write(Record row) {
            if (writer.isEmpty()) {
                writer = Optional.of(open());
            }
            writer.get().write(row);
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
                    .suffix("packed")
                    .format(FileFormat.PARQUET)
                    .build();
            // Iceberg makes data//NAME of a partition without fields, which not every storage takes
            return group.spec().isUnpartitioned()
                    ? files.newOutputFile()
                    : files.newOutputFile(group.spec(), group.partition());
        }

        private Optional<DataFile> complete() throws IOException {
            close();
            return writer.map(DataWriter::toDataFile);
        }

        @Override
        public void close() throws IOException {
            if (writer.isPresent()) {
                writer.get().close();
            }
        }
    }
}
