package dev.firn.local.query;

import static java.util.Objects.requireNonNull;

import dev.firn.embedded.FolderObjects;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Real tables in a folder laid out like the local stack's. */
final class Lake implements Closeable {
    private final Path folder;
    private final JdbcCatalog catalog;

    Lake(Path folder) {
        this.folder = folder;
        FolderObjects objects = new FolderObjects(objectRoot());
        catalog = new JdbcCatalog(properties -> objects, null, true);
        catalog.initialize(
                "firn",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + catalogFile(),
                        "jdbc.schema-version",
                        "V1",
                        CatalogProperties.WAREHOUSE_LOCATION,
                        "s3://firn/warehouse"));
    }

    private Path catalogFile() {
        return folder.resolve("catalog.db");
    }

    private Path objectRoot() {
        return folder.resolve("s3");
    }

    Warehouse warehouse() {
        return Warehouse.open(folder);
    }

    Table create(String name, Schema schema, PartitionSpec spec, int formatVersion) {
        TableIdentifier table = TableIdentifier.parse(name);
        Namespace namespace = table.namespace();
        if (!catalog.namespaceExists(namespace)) {
            catalog.createNamespace(namespace);
        }
        return catalog.buildTable(table, schema)
                .withPartitionSpec(spec)
                .withProperty("format-version", Integer.toString(formatVersion))
                .create();
    }

    Table load(String name) {
        return catalog.loadTable(TableIdentifier.parse(name));
    }

    static Record record(Schema schema, @Nullable Object... values) {
        GenericRecord row = GenericRecord.create(schema);
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }

    /** Appends one data file; all rows must be of one partition. */
    static DataFile append(Table table, List<Record> rows) {
        DataFile file = write(table, rows);
        table.newAppend().appendFile(file).commit();
        return file;
    }

    static DataFile write(Table table, List<Record> rows) {
        DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .build()
                .newDataWriter(output(table), table.spec(), key(table, rows.get(0)));
        try (writer) {
            rows.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    /** A position delete file, as tables of version 2 have them. */
    static void deletePositions(Table table, DataFile file, long... positions) {
        PositionDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .build()
                .newPositionDeleteWriter(output(table), spec(table, file), file.partition());
        try (writer) {
            for (long position : positions) {
                writer.write(PositionDelete.<Record>create().set(file.location(), position));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    /** A deletion vector, as tables of version 3 have them. */
    static void deleteByVector(Table table, DataFile file, long... positions) {
        OutputFileFactory files = OutputFileFactory.builderFor(table, 1, 1)
                .format(FileFormat.PUFFIN)
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(files, path -> null);
        try (writer) {
            for (long position : positions) {
                writer.delete(file.location(), position, spec(table, file), file.partition());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.result()
                .deleteFiles()
                .forEach(vector -> table.newRowDelta().addDeletes(vector).commit());
    }

    /** An equality delete of an unpartitioned table. */
    static void deleteEqual(Table table, Schema compared, Record... keys) {
        EqualityDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .equalityFieldIds(compared.columns().stream()
                        .mapToInt(NestedField::fieldId)
                        .toArray())
                .equalityDeleteRowSchema(compared)
                .build()
                .newEqualityDeleteWriter(output(table), table.spec(), null);
        try (writer) {
            List.of(keys).forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    private static EncryptedOutputFile output(Table table) {
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        return EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(location));
    }

    private static PartitionSpec spec(Table table, DataFile file) {
        return requireNonNull(table.specs().get(file.specId()));
    }

    private static @Nullable StructLike key(Table table, Record row) {
        if (table.spec().isUnpartitioned()) {
            return null;
        }
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
        return key;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
