package dev.firn.sink.reconcile;

import static java.util.Objects.requireNonNull;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.LedgerJson;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import dev.firn.sink.table.SharedTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** A table with rows of sources and a ledger, as the sink makes it. */
record HeldTable(Table table) {
    private static final Schema SOURCE = new Schema(
            optional(1, "payload", Types.StringType.get()),
            required(2, "_topic", Types.StringType.get()),
            required(3, "_kafka_partition", Types.IntegerType.get()),
            required(4, "_offset", Types.LongType.get()),
            optional(5, "source_topic", Types.StringType.get()),
            optional(6, "partition", Types.IntegerType.get()),
            optional(7, "offset", Types.LongType.get()),
            optional(8, "target", Types.StringType.get()));

    static HeldTable create(Catalog catalog, String name, int formatVersion) {
        return new HeldTable(catalog.buildTable(TableIdentifier.parse(name), SOURCE)
                .withPartitionSpec(PartitionSpec.unpartitioned())
                .withProperty("format-version", Integer.toString(formatVersion))
                .create());
    }

    /** One of the tables that share the source's topic. */
    static HeldTable shared(Catalog catalog, String name, Source source) {
        HeldTable table = create(catalog, name, 2);
        table.table()
                .updateProperties()
                .set(SharedTopics.PROPERTY, source.topic())
                .commit();
        return table;
    }

    /** Commits rows of some offsets in {@code [start, end)}, and the ledger. */
    void append(Source source, long start, long end, LongPredicate mine) {
        List<Record> rows = rows(source, LongStream.range(start, end).filter(mine));
        DataFile file = write(rows);
        commit(List.of(file), Advance.of(List.of(new OffsetRange(source, start, end, rows.size(), 0))));
    }

    /** Commits rows of all offsets in {@code [start, end)}, and the ledger. */
    DataFile append(Source source, long start, long end) {
        DataFile file = write(rows(source, LongStream.range(start, end)));
        commit(List.of(file), Advance.of(List.of(new OffsetRange(source, start, end, end - start, 0))));
        return file;
    }

    void commit(List<DataFile> files, Advance advance) {
        table.refresh();
        Ledger ledger = Ledgers.of(table).plus(advance);
        AppendFiles append = table.newAppend()
                .set(Ledgers.LEDGER, LedgerJson.write(ledger))
                .set(Ledgers.RANGES, LedgerJson.writeRanges(advance));
        files.forEach(append::appendFile);
        append.commit();
    }

    List<Record> rows(Source source, LongStream offsets) {
        return offsets.mapToObj(offset -> row(source, offset)).toList();
    }

    /** A row of the quarantine table; {@code at} is where the sink had it from. */
    static Record quarantined(String target, Source source, long offset, Source at, long atOffset) {
        Record row = row(at, atOffset);
        row.setField("source_topic", source.topic());
        row.setField("partition", source.partition());
        row.setField("offset", offset);
        row.setField("target", target);
        return row;
    }

    private static Record row(Source source, long offset) {
        Record row = GenericRecord.create(SOURCE);
        row.setField("_topic", source.topic());
        row.setField("_kafka_partition", source.partition());
        row.setField("_offset", offset);
        return row;
    }

    DataFile write(List<Record> rows) {
        DataWriter<Record> writer =
                new GenericFileWriterFactory.Builder(table).build().newDataWriter(output(), table.spec(), null);
        try (writer) {
            rows.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    void deletePosition(DataFile file, long position) {
        PositionDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .build()
                .newPositionDeleteWriter(output(), table.spec(), null);
        try (writer) {
            writer.write(PositionDelete.<Record>create().set(file.location(), position));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    void deleteByVector(DataFile file, long position) {
        BaseDVFileWriter writer = new BaseDVFileWriter(
                OutputFileFactory.builderFor(table, 1, 1)
                        .format(FileFormat.PUFFIN)
                        .build(),
                path -> null);
        try (writer) {
            writer.delete(
                    file.location(), position, requireNonNull(table.specs().get(file.specId())), file.partition());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.result()
                .deleteFiles()
                .forEach(vector -> table.newRowDelta().addDeletes(vector).commit());
    }

    private EncryptedOutputFile output() {
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        return EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(location));
    }
}
