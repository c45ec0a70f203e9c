package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.LedgerJson;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "n", Types.LongType.get()),
            Types.NestedField.optional(2, "at", Types.TimestampType.withZone()));
    private static final Ledger LEDGER =
            Ledger.EMPTY.plus(Advance.of(List.of(new OffsetRange(new Source("events", 0), 0, 50, 50, 0))));

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-31T12:00:00Z"), ZoneOffset.UTC);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final Table table = catalog.buildTable(TableIdentifier.of("bronze", "events"), SCHEMA)
            .withPartitionSpec(PartitionSpec.builderFor(SCHEMA).day("at").build())
            .withProperty(Retention.PROPERTY, "30d")
            .create();
    private final Retention retention = new Retention(CLOCK);

    private void append(String... partitions) {
        for (String partition : partitions) {
            table.newFastAppend()
                    .appendFile(file(partition))
                    .set(Ledgers.LEDGER, LedgerJson.write(LEDGER))
                    .commit();
        }
    }

    private DataFile file(String partition) {
        DataFiles.Builder file = DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + partition + ".parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(10);
        return table.spec().isPartitioned()
                ? file.withPartitionValues(List.of(partition)).build()
                : file.build();
    }

    private Optional<String> run() {
        table.refresh();
        return retention.run(table, retention.plan(table));
    }

    private List<String> names() {
        table.refresh();
        List<String> names = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task ->
                    names.add(task.file().location().replaceAll(".*/", "").replace(".parquet", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.sort(null);
        return names;
    }

    @Test
    void shouldDropPartitionsThatAreWhollyPastTheAge() {
        // Given
        append("2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31");

        // When
        Optional<String> refusal = run();

        // Then
        assertThat(refusal).isEmpty();
        assertThat(names()).containsExactly("2026-03-01", "2026-03-31");
        assertThat(Ledgers.of(table)).isEqualTo(LEDGER);
        assertThat(Ledgers.rowsRemoved(table)).isEqualTo(20);
    }

    @Test
    void shouldCountOnWhenItDropsAgain() {
        // Given
        append("2026-02-01", "2026-03-31");
        run();
        append("2026-02-02");

        // When
        run();

        // Then
        assertThat(names()).containsExactly("2026-03-31");
        assertThat(Ledgers.rowsRemoved(table)).isEqualTo(20);
    }

    @Test
    void shouldGiveWayWhenAFileIsGoneMeanwhile() {
        // Given
        append("2026-02-01", "2026-02-02", "2026-03-31");
        catalog.next(real -> {
            Table other = catalog.loadTable(TableIdentifier.of("bronze", "events"));
            other.newDelete()
                    .deleteFile(other.location() + "/data/2026-02-01.parquet")
                    .commit();
            real.run();
        });

        // When
        Optional<String> refusal = run();

        // Then
        assertThat(refusal).isPresent();
        assertThat(names()).containsExactly("2026-02-02", "2026-03-31");
    }

    @Test
    void shouldKeepWhatIsNotPartitionedByTime() {
        // Given
        table.updateSpec().removeField("at_day").commit();
        append("2026-02-01");

        // When
        run();

        // Then
        assertThat(names()).containsExactly("2026-02-01");
    }

    @Test
    void shouldKeepEverythingWhenTheTableSaysNoAge() {
        // Given
        table.updateProperties().remove(Retention.PROPERTY).commit();
        append("1970-01-02");

        // When
        run();

        // Then
        assertThat(names()).containsExactly("1970-01-02");
    }

    @Test
    void shouldDropNothingAndSayWhyWhenTheAgeCannotBeRead() {
        // Given
        table.updateProperties().set(Retention.PROPERTY, "soon").commit();
        append("2026-02-01");

        // When
        Upkept kept = keep();

        // Then
        assertThat(kept.state()).isEqualTo(Upkept.State.IDLE);
        assertThat(kept.why()).hasValueSatisfying(why -> assertThat(why).contains(Retention.PROPERTY));
        assertThat(names()).containsExactly("2026-02-01");
    }

    @Test
    void shouldDropAllTheSameAndSayWhyWhenRowsCannotBeOrdered() {
        // Given
        table.updateProperties().set(ClusterBy.PROPERTY, "gone").commit();
        append("2026-02-01", "2026-03-31");

        // When
        Upkept kept = keep();

        // Then
        assertThat(kept.state()).isEqualTo(Upkept.State.IDLE);
        assertThat(kept.why()).hasValueSatisfying(why -> assertThat(why).contains(ClusterBy.PROPERTY));
        assertThat(kept.done().rowsDropped()).isEqualTo(10);
        assertThat(names()).containsExactly("2026-03-31");
    }

    private Upkept keep() {
        TableIdentifier name = TableIdentifier.of("bronze", "events");
        table.refresh();
        TableCare care = new TableCare(
                MaintainSettings.DEFAULTS,
                new SpareMemory(Long.MAX_VALUE, () -> 0),
                Scratch.DEFAULT,
                CLOCK,
                time -> {});
        care.run(name, table, true);
        return Objects.requireNonNull(care.known().get(name));
    }
}
