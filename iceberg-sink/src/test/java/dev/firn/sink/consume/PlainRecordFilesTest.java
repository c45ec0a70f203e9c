package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.SchemasById;
import dev.firn.sink.write.WriteLimits;
import dev.firn.sink.write.WrittenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainRecordFilesTest {
    private static final TableIdentifier NAME = TableIdentifier.of("app", "logs");

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private long offset;

    @BeforeEach
    void begin() {
        catalog.initialize("firn", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "/" + UUID.randomUUID()));
    }

    @Test
    void shouldHoldKeyAndValueWhenValuesHaveNoFields() {
        // Given
        PlainRecordFiles files = files(ValueFormat.JSON);

        // When
        files.write(record("a", " {\"b\": [1, 2.50]} "));
        files.write(record(null, "null"));
        files.write(record("gone", null));
        commit(files);

        // Then: text stays as it was
        assertThat(rows().stream().map(row -> text(row.getField("_key")) + "=" + row.getField("_value")))
                .containsExactly("a= {\"b\": [1, 2.50]} ", "null=null", "gone=null");
        assertThat(rows().stream().map(row -> row.getField("_offset"))).containsExactly(0L, 1L, 2L);
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.getField("_schema_id")).isNull());
    }

    @Test
    void shouldKeepAnyBytesWhenSaid() {
        // Given
        PlainRecordFiles files = files(ValueFormat.BYTES);

        // When
        files.write(new ConsumerRecord<>("app.logs", 0, 0, new byte[] {1}, new byte[] {0, -1, 7}));
        files.write(new ConsumerRecord<>("app.logs", 0, 1, new byte[] {1}, new byte[0]));
        commit(files);

        // Then
        assertThat(rows().stream().map(row -> row.getField("_value")))
                .containsExactly(ByteBuffer.wrap(new byte[] {0, -1, 7}), ByteBuffer.wrap(new byte[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON | {\"a\":1",
                "JSON | {} {}",
                "JSON | ``",
                "JSON | nope",
                "JSON | {\"a\":01}",
                "JSON | \u00ff",
                "STRING | \u00ff"
            })
    void shouldRefuseAValueThatIsNotOfTheFormat(ValueFormat format, String value) {
        // Given
        PlainRecordFiles files = files(format);
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);

        // When, Then
        assertThatThrownBy(() -> files.write(new ConsumerRecord<>("app.logs", 0, 0, new byte[0], bytes)))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED));
        assertThat(files.complete().files()).isEmpty();
    }

    private PlainRecordFiles files(ValueFormat format) {
        return new PlainRecordFiles(
                new Tables(catalog),
                new ParquetWriters(new WriterSchemas(new SchemasById()), WriteLimits.DEFAULT),
                new NoRegister(),
                new Target(NAME, TableKind.BRONZE, List.of(), format, Optional.empty()));
    }

    // Kafka's own annotations are none; a consumer's value is null for a tombstone
    @SuppressWarnings("NullAway")
    private ConsumerRecord<byte[], byte[]> record(@Nullable String key, @Nullable String value) {
        return new ConsumerRecord<>("app.logs", 0, offset++, bytes(key), bytes(value));
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(@Nullable Object key) {
        return key instanceof ByteBuffer bytes
                ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
                : "null";
    }

    private void commit(PlainRecordFiles files) {
        WrittenFiles written = files.complete();
        AppendFiles append = catalog.loadTable(NAME).newAppend();
        written.files().forEach(append::appendFile);
        append.commit();
    }

    private List<Record> rows() {
        Table table = catalog.loadTable(NAME);
        try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
            List<Record> rows = new ArrayList<>();
            read.forEach(rows::add);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
