package dev.firn.sink.write;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** More partitions than may be open at once. */
class ManyPartitionsTest {
    private static final int PARTITIONS = 128;
    private static final int ROWS = 10_000;

    private final Sandbox sandbox = new Sandbox(TableKind.PLAIN);

    @Test
    void shouldMakeOneFileForEachPartitionWhenTheyComeByTurns() {
        // Given
        Schema schema = schema("");
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        TableWriter writer = sandbox.open(table);

        // When
        IntStream.range(0, ROWS).forEach(i -> writer.write(record(schema, id, i % PARTITIONS, i)));
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);

        // Then
        assertThat(written.files()).hasSize(PARTITIONS);
        assertThat(sandbox.writers.held()).isZero();
        assertThat(Sandbox.read(table))
                .hasSize(ROWS)
                .allSatisfy(row ->
                        assertThat((Integer) row.getField("id") % PARTITIONS).isEqualTo(row.getField("n")));
    }

    @Test
    void shouldTellWhereEachRowWillBeWhenPartitionsOfAKeyedTableComeByTurns() {
        // Given
        Schema schema = schema("\"firn.mode\":\"upsert\",\"firn.key\":[\"id\"],");
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        TableWriter writer = sandbox.open(table);

        // When
        List<KeyedRow> rows = new ArrayList<>();
        IntStream.range(0, ROWS).forEach(i -> rows.add(writer.writeKeyed(record(schema, id, i % PARTITIONS, i))));
        WrittenFiles written = writer.complete();

        // Then
        Map<String, List<Record>> files = written.files().stream()
                .collect(Collectors.toMap(DataFile::location, file -> FileRows.read(table, file)));
        assertThat(files).hasSize(PARTITIONS);
        assertThat(rows)
                .extracting(row -> requireNonNull(files.get(row.file()))
                        .get((int) row.position())
                        .getField("id"))
                .isEqualTo(IntStream.range(0, ROWS)
                        .boxed()
                        .map(Function.<Object>identity())
                        .toList());
    }

    @Test
    void shouldGiveUpWhatIsHeldWhenAborted() {
        // Given
        Schema schema = schema("");
        int id = sandbox.registry.add(schema);
        TableWriter writer = sandbox.open(sandbox.table(schema));
        IntStream.range(0, ROWS).forEach(i -> writer.write(record(schema, id, i % PARTITIONS, i)));
        long held = sandbox.writers.held();

        // When
        writer.abort();

        // Then
        assertThat(held).isGreaterThan(100L * ROWS / 2);
        assertThat(sandbox.writers.held()).isZero();
    }

    private static Schema schema(String more) {
        return new Schema.Parser().parse("""
                        {"type":"record","name":"R",%s"firn.partition-by":["n"],"fields":[
                          {"name":"n","type":"int"},{"name":"id","type":"int"}]}""".formatted(more));
    }

    private ConsumerRecord<byte[], byte[]> record(Schema schema, int id, int n, int number) {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("n", n);
        record.put("id", number);
        return sandbox.record(Sandbox.framed(id, Sandbox.datum(schema, record, false)));
    }
}
