package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.serde.WireFormat;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A catalog, a registry and a topic of one partition, in memory if not said otherwise. */
final class Sandbox {
    static final String TOPIC = "raw.things";
    static final long TIMESTAMP = 1_767_225_600_123L;

    final SchemasById registry = new SchemasById();
    final Tables tables;
    final ParquetWriters writers;
    private final String space = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final TableKind kind;
    private int tableCount;
    private int windowCount;
    private long offset;

    Sandbox(TableKind kind) {
        this(kind, WriteLimits.DEFAULT);
    }

    Sandbox(TableKind kind, WriteLimits limits) {
        this(kind, limits, inMemory());
    }

    Sandbox(TableKind kind, WriteLimits limits, Catalog catalog) {
        this.kind = kind;
        tables = new Tables(catalog);
        writers = new ParquetWriters(new WriterSchemas(registry), limits);
    }

    private static Catalog inMemory() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        // files in memory are shared by all such catalogs
        catalog.initialize("firn", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "/" + UUID.randomUUID()));
        return catalog;
    }

    Table table(Schema schema) {
        return tables.loadOrCreate(TableIdentifier.of(space, "t" + tableCount++), layout(schema));
    }

    TableLayout layout(Schema schema) {
        return TableLayout.of(Contract.of(schema), kind);
    }

    void evolve(Table table, Schema schema) {
        tables.evolve(table, Contract.of(schema), kind);
    }

    /** Each of them fits the table as it is. */
    @SafeVarargs
    final void append(Table table, ConsumerRecord<byte[], byte[]>... records) {
        TableWriter writer = open(table);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            assertThat(writer.fits(record)).isTrue();
            writer.write(record);
        }
        commit(table, writer.complete());
    }

    TableWriter open(Table table) {
        return open(table, kind);
    }

    TableWriter open(Table table, TableKind as) {
        return writers.open(table, as, "window-" + windowCount++);
    }

    ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return record(value, "key".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
    }

    // Kafka's own annotations are none; a consumer's value is null for a tombstone
    @SuppressWarnings("NullAway")
    ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value, byte @Nullable [] key, Headers headers) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset++,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                3,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    static byte[] datum(Schema schema, Object value, boolean blocking) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = blocking
                    ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null)
                    : EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] framed(int schemaId, byte[] datum) {
        byte[] framed = new byte[WireFormat.HEADER + datum.length];
        WireFormat.writeHeader(framed, schemaId);
        System.arraycopy(datum, 0, framed, WireFormat.HEADER, datum.length);
        return framed;
    }

    static void commit(Table table, WrittenFiles files) {
        AppendFiles append = table.newAppend();
        files.files().forEach(append::appendFile);
        append.commit();
    }

    static List<Record> read(Table table) {
        table.refresh();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
            List<Record> all = new ArrayList<>();
            rows.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
