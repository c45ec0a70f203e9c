package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldFileTest {
    private static final Schema EVENT = new Schema.Parser().parse("""
                    {"type":"record","name":"E","firn.event-time":"at","fields":[
                      {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                      {"name":"who","type":["null","string"]},
                      {"name":"in","type":["null",{"type":"record","name":"In","fields":[{"name":"n","type":"int"}]}]},
                      {"name":"either","type":["null","int","string"]}]}""");
    private final Random random = new Random(7);

    private final Sandbox sandbox = new Sandbox(TableKind.BRONZE);
    private final int id = sandbox.registry.add(EVENT);
    private final Table table = sandbox.table(EVENT);

    @Test
    void shouldSortTheRowsOfAFileByTheOrderOfTheTable() {
        // Given
        order(table.replaceSortOrder()
                .desc("who", NullOrder.NULLS_LAST)
                .asc("in.n", NullOrder.NULLS_FIRST)
                .desc("_offset", NullOrder.NULLS_LAST));
        List<ConsumerRecord<byte[], byte[]>> records = records(5_000);

        // When
        TableWriter writer = sandbox.open(table);
        records.forEach(writer::write);
        long held = sandbox.writers.held();
        DataFile file = commit(writer);

        // Then
        List<Record> rows = Sandbox.read(table);
        assertThat(rows).hasSize(records.size());
        assertThat(rows).isSortedAccordingTo(byWhoThenInThenOffset());
        assertThat(file.sortOrderId()).isEqualTo(table.sortOrder().orderId()).isPositive();
        assertThat(held)
                .isGreaterThan(
                        records.stream().mapToLong(each -> each.value().length).sum());
        assertThat(sandbox.writers.held()).isZero();
    }

    private static Comparator<Record> byWhoThenInThenOffset() {
        Comparator<Record> who =
                Comparator.comparing(HeldFileTest::who, Comparator.nullsLast(Comparator.<String>reverseOrder()));
        return who.thenComparing(HeldFileTest::inner, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(row -> -(Long) row.getField("_offset"));
    }

    private static @Nullable String who(Record row) {
        return (String) row.getField("who");
    }

    private static @Nullable Integer inner(Record row) {
        Record in = (Record) row.getField("in");
        return in == null ? null : (Integer) in.getField("n");
    }

    /** Rows come nearly in the order of their times: not worth what sorting takes, unless somebody says so. */
    @ParameterizedTest
    @CsvSource({"at, , false", "at, true, true", "who, , true", "who, false, false"})
    void shouldHoldNoRowsBackWhenTheOrderIsByTimeAloneOrTheTableSaysSo(
            String column, @Nullable String property, boolean sorted) {
        // Given
        order(table.replaceSortOrder().asc(column));
        if (property != null) {
            table.updateProperties().set(RowOrder.PROPERTY, property).commit();
        }

        // When
        TableWriter writer = sandbox.open(table);
        records(200).forEach(writer::write);
        DataFile file = commit(writer);

        // Then
        List<Long> offsets = Sandbox.read(table).stream()
                .map(row -> (Long) row.getField("_offset"))
                .toList();
        assertThat(file.sortOrderId()).isEqualTo(sorted ? table.sortOrder().orderId() : 0);
        assertThat(offsets.equals(offsets.stream().sorted().toList())).isNotEqualTo(sorted);
    }

    @Test
    void shouldSayThatAFileIsNotSortedWhenItsRecordsHaveNothingToBeSortedBy() {
        // Given: a branch of a union, which no plan reads
        order(table.replaceSortOrder().asc("either.int"));

        // When
        TableWriter writer = sandbox.open(table);
        records(200).forEach(writer::write);
        DataFile file = commit(writer);

        // Then
        assertThat(file.sortOrderId()).isZero();
        assertThat(Sandbox.read(table))
                .extracting(row -> row.getField("_offset"))
                .isSorted();
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsGivenUp() {
        // Given
        order(table.replaceSortOrder().asc("who"));
        TableWriter writer = sandbox.open(table);
        records(200).forEach(writer::write);

        // When
        writer.abort();

        // Then
        assertThat(sandbox.writers.held()).isZero();
    }

    private void order(ReplaceSortOrder order) {
        order.commit();
        table.refresh();
    }

    private DataFile commit(TableWriter writer) {
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);
        assertThat(written.files()).hasSize(1);
        return Objects.requireNonNull(written.files().get(0));
    }

    private List<ConsumerRecord<byte[], byte[]>> records(int count) {
        Schema in = EVENT.getField("in").schema().getTypes().get(1);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> {
            GenericRecordBuilder record = new GenericRecordBuilder(EVENT)
                    .set("at", random.nextLong() >> 8)
                    .set("who", random.nextInt(5) == 0 ? null : "w" + random.nextInt(20))
                    .set(
                            "in",
                            random.nextInt(5) == 0
                                    ? null
                                    : new GenericRecordBuilder(in)
                                            .set("n", random.nextInt(9))
                                            .build())
                    .set("either", random.nextInt(9));
            records.add(sandbox.record(Sandbox.framed(id, Sandbox.datum(EVENT, record.build(), false))));
        });
        return records;
    }
}
