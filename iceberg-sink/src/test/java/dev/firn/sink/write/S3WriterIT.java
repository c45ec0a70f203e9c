package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.sink.table.TableKind;
import java.io.Closeable;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same files, through a catalog and a store that are real. */
class S3WriterIT {
    private static final int LETTERS = 10_000;
    private static final int ROWS = 2_000;
    private static final Schema SCHEMA = new Schema.Parser().parse("""
                    {"type":"record","name":"Letter","firn.partition-by":["truncate(1, text)"],"fields":[
                      {"name":"n","type":"int"},{"name":"text","type":"string"}]}""");

    private final Catalog catalog = catalog();

    @AfterEach
    void closeCatalog() throws IOException {
        ((Closeable) catalog).close();
    }

    @Test
    void shouldReadBackFromS3WhenFilesTakeSeveralUploads() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.BRONZE, new WriteLimits(2), catalog);
        int id = sandbox.registry.add(SCHEMA);
        Table table = sandbox.table(SCHEMA);
        long seed = new Random().nextLong();

        // When
        TableWriter writer = sandbox.open(table);
        Random random = new Random(seed);
        for (int i = 0; i < ROWS; i++) {
            writer.write(sandbox.record(letter(id, i, text(i % 3, random))));
        }
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);

        // Then
        List<Record> rows = Sandbox.read(table);
        rows.sort((one, other) -> (int) one.getField("n") - (int) other.getField("n"));
        Random again = new Random(seed);
        assertThat(rows).as("seed %d", seed).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(rows.get(i).getField("text")).isEqualTo(text(i % 3, again));
        }
        assertThat(written.bytes()).isGreaterThan(10 << 20);
    }

    @Test
    void shouldLeaveNothingInS3WhenAborted() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.BRONZE, new WriteLimits(2), catalog);
        int id = sandbox.registry.add(SCHEMA);
        Table table = sandbox.table(SCHEMA);
        table.updateProperties()
                .set(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "100000")
                .commit();
        TableWriter writer = sandbox.open(table);
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            writer.write(sandbox.record(letter(id, i, text(i % 3, random))));
        }

        // When
        writer.abort();

        // Then
        SupportsPrefixOperations io = (SupportsPrefixOperations) table.io();
        assertThat(StreamSupport.stream(
                        io.listPrefix(table.location() + "/data").spliterator(), false))
                .isEmpty();
    }

    private static Catalog catalog() {
        Map<String, String> properties = new HashMap<>(EmbeddedStack.shared().catalogProperties());
        properties.put("s3.multipart.part-size-bytes", Integer.toString(5 << 20));
        properties.put("s3.multipart.threshold", "1");
        return CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, properties, null);
    }

    private static String text(int kind, Random random) {
        byte[] bytes = new byte[LETTERS];
        random.nextBytes(bytes);
        return "abc".charAt(kind) + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] letter(int id, int n, String text) {
        return Sandbox.framed(
                id,
                Sandbox.datum(
                        SCHEMA,
                        new GenericRecordBuilder(SCHEMA)
                                .set("n", n)
                                .set("text", text)
                                .build(),
                        false));
    }
}
