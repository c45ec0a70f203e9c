package dev.firn.sink.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.quarantine.Reject;
import dev.firn.sink.quarantine.TableRejectWriter;
import dev.firn.sink.table.Tables;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.SchemasById;
import dev.firn.sink.write.WriteLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RejectedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ROWS = 50;

    @Test
    void shouldShowEachRowWhenThereAreMoreThanAPictureIsMadeOf() {
        // Given
        Rejected rejected = new Rejected(table(), 10);
        List<Long> offsets = new ArrayList<>();

        // When
        rejected.each(NOW.minusSeconds(60), "orders", row -> offsets.add((Long) row.getField("offset")));

        // Then
        assertThat(offsets)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).mapToObj(i -> (long) i).toList());
        assertThat(rejected.search(NOW.minusSeconds(60), "orders", ROWS)).hasSize(10);
    }

    private static Table table() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("firn", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "/" + UUID.randomUUID()));
        TableRejectWriter writer = new TableRejectWriter(
                new Tables(catalog),
                new ParquetWriters(new WriterSchemas(new SchemasById()), WriteLimits.DEFAULT),
                TableIdentifier.of("ops", "quarantine"));
        AppendFiles append = writer.table().newAppend();
        writer.write(IntStream.range(0, ROWS).mapToObj(RejectedTest::reject).toList())
                .files()
                .forEach(append::appendFile);
        append.commit();
        return writer.table();
    }

    private static Reject reject(int offset) {
        return new Reject(
                new ConsumerRecord<>("orders", 0, offset, new byte[1], new byte[1]),
                Optional.empty(),
                "bronze.orders",
                new UndecodableException(Reason.MALFORMED, "bad"),
                NOW);
    }
}
