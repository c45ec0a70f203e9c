package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Lease;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.LedgerJson;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** A table in S3 whose keeper has died in the middle of its work. */
class UpkeepIT {
    private static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final MaintainSettings FEW =
            MaintainSettings.DEFAULTS.with("", Map.of("snapshots", "1", "snapshots-kept", "1", "snapshot-age", "1h"));

    private final Catalog catalog =
            CatalogUtil.buildIcebergCatalog("firn", EmbeddedStack.shared().catalogProperties(), new Configuration());
    private final TableIdentifier name =
            TableIdentifier.of("u" + UUID.randomUUID().toString().substring(0, 8), "events");
    private final Instant now = Instant.now();
    private final Table table = table();

    private Table table() {
        ((SupportsNamespaces) catalog)
                .createNamespace(Namespace.of(name.namespace().level(0)));
        return catalog.createTable(name, SCHEMA);
    }

    @Test
    void shouldDoItAllWhenTheLeaseOfTheDeadHasRunOut() {
        // Given
        for (int i = 0; i < 4; i++) {
            append(i);
        }
        assertThat(Lease.take(table, "dead", now, LEASE)).isTrue();
        String left = dying();
        List<String> before = files();

        // When
        Upkept early = run(now.plus(LEASE).minusSeconds(1));
        Upkept late = run(now.plus(Duration.ofDays(1)));
        int orphans = new OrphanRemoval(at(now.plus(Duration.ofDays(4))), Duration.ofDays(3)).run(table);

        // Then
        assertThat(early.state()).isEqualTo(Upkept.State.ELSEWHERE);
        assertThat(early.done()).isEqualTo(Upkept.Done.NOTHING);
        assertThat(late.why()).isEmpty();
        assertThat(late.done().filesRead()).isEqualTo(4);
        assertThat(late.done().snapshotsExpired()).isGreaterThanOrEqualTo(4);
        assertThat(files()).hasSize(1);
        assertThat(before).noneMatch(this::exists);
        assertThat(orphans).isGreaterThanOrEqualTo(1);
        assertThat(exists(left)).isFalse();
        assertThat(rows()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(Ledgers.of(table).end(new Source("events", 0))).contains(4L);
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private Upkept run(Instant time) {
        TableCare care =
                new TableCare(FEW, new SpareMemory(Long.MAX_VALUE, () -> 0), Scratch.DEFAULT, at(time), rest -> {});
        care.run(name, table, true);
        return Objects.requireNonNull(care.known().get(name));
    }

    /** Writes a group, and never commits it. */
    private String dying() {
        table.refresh();
        Snapshot current = Objects.requireNonNull(table.currentSnapshot());
        FileGroup group = CompactionPlan.of(table, current, FEW, now, true).get(0);
        try (GroupWriter writer =
                new GroupWriter(table, Expressions.alwaysFalse(), Scratch.DEFAULT, Pace.unbroken(Clock.systemUTC()))) {
            writer.write(group);
            return writer.locations().get(0);
        }
    }

    private void append(long n) {
        String location = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .createWriterFunc(type -> GenericParquetWriter.create(SCHEMA, type))
                    .build();
            try (writer) {
                Record row = GenericRecord.create(SCHEMA);
                row.setField("n", n);
                writer.write(row);
            }
            Ledger ledger = Ledger.EMPTY.plus(
                    Advance.of(List.of(new OffsetRange(new Source("events", 0), 0, n + 1, n + 1, 0))));
            table.newFastAppend()
                    .appendFile(writer.toDataFile())
                    .set(Ledgers.LEDGER, LedgerJson.write(ledger))
                    .commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() {
        table.refresh();
        return StreamSupport.stream(table.newScan().planFiles().spliterator(), false)
                .map(task -> task.file().location())
                .toList();
    }

    private boolean exists(String location) {
        return table.io().newInputFile(location).exists();
    }

    private List<Long> rows() {
        table.refresh();
        List<Long> rows = new ArrayList<>();
        try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
            all.forEach(row -> rows.add((Long) row.getField("n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
