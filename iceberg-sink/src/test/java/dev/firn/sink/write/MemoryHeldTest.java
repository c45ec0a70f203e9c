package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;

/** What open files say they hold is what they hold: the limit on memory is kept by it. */
class MemoryHeldTest {
    private static final int TABLES = 20;
    private static final int DATES = 60;

    @Test
    void shouldCountWhatOpenFilesHoldWhenTablesAndLateDatesAreMany() {
        // Given
        Schema schema = BenchRecords.byDay();
        Sandbox sandbox = new Sandbox(TableKind.PLAIN, new WriteLimits(DATES));
        int id = sandbox.registry.add(schema);
        List<byte[]> data =
                BenchRecords.framedByDay(id, DATES).limit(10 * DATES).toList();
        List<Table> tables =
                IntStream.range(0, TABLES).mapToObj(i -> sandbox.table(schema)).toList();
        List<TableWriter> writers = new ArrayList<>();
        long before = usedHeap();

        // When
        for (Table table : tables) {
            TableWriter writer = sandbox.open(table);
            data.forEach(value -> writer.write(sandbox.record(value)));
            writers.add(writer);
        }
        long used = usedHeap() - before;
        long held = sandbox.writers.held();

        // Then
        assertThat(held)
                .isEqualTo(writers.stream().mapToLong(TableWriter::held).sum())
                .isGreaterThan(used * 3 / 4)
                .isLessThan(used * 2);
        writers.subList(0, TABLES / 2).forEach(TableWriter::complete);
        writers.subList(TABLES / 2, TABLES).forEach(TableWriter::abort);
        assertThat(sandbox.writers.held()).isZero();
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
