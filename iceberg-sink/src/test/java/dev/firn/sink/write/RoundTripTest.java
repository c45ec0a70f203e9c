package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Iceberg's reader gives back is what Avro's reader makes of the same bytes. */
class RoundTripTest {
    static List<Long> seeds() {
        return Seeds.some(60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReadBackWhatAvroReadsWhenSchemaIsAnything(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        RandomAvro avro = new RandomAvro(random);
        Schema schema = avro.schema();
        Sandbox sandbox = new Sandbox(random.nextBoolean() ? TableKind.BRONZE : TableKind.PLAIN);
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        Map<Long, Map<String, Object>> expected = new HashMap<>();

        // When
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 200; i++) {
            byte[] datum = Sandbox.datum(schema, avro.value(schema), random.nextInt(3) == 0);
            ConsumerRecord<byte[], byte[]> record = sandbox.record(Sandbox.framed(id, datum));
            expected.put(record.offset(), new Expected().row(decode(schema, datum)));
            writer.write(record);
        }
        Sandbox.commit(table, writer.complete());

        // Then
        List<Record> rows = Sandbox.read(table);
        assertThat(rows).hasSize(200);
        for (Record row : rows) {
            Map<String, Object> wanted = expected.get(row.getField(SourceColumn.OFFSET.column()));
            Map<String, Object> actual = Expected.actual(row);
            assertThat(Expected.same(wanted, actual))
                    .as("seed %d%n%s%nwanted %s%nactual %s", seed, schema, wanted, actual)
                    .isTrue();
        }
    }

    static GenericData.Record decode(Schema schema, byte[] datum) throws IOException {
        return new GenericDatumReader<GenericData.Record>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(datum, null));
    }
}
