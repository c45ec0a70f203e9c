package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad records among good ones leave no trace, and what is taken for good is what Avro reads, too. */
class MutatedBytesTest {
    static List<Long> seeds() {
        return Seeds.some(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepGoodRecordsWholeWhenBadOnesStandBetween(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        RandomAvro avro = new RandomAvro(random);
        Schema schema = avro.schema();
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);
        Map<Long, Map<String, Object>> expected = new HashMap<>();

        // When
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 400; i++) {
            byte[] datum = Sandbox.datum(schema, avro.value(schema), random.nextInt(3) == 0);
            byte[] sent = random.nextBoolean() ? datum : mutated(datum, random);
            ConsumerRecord<byte[], byte[]> record = sandbox.record(Sandbox.framed(id, sent));
            if (isWritten(writer, record)) {
                expected.put(record.offset(), new Expected().row(RoundTripTest.decode(schema, sent)));
            } else {
                assertThat(sent).as("seed %d: a good record was refused", seed).isNotEqualTo(datum);
            }
        }
        Sandbox.commit(table, writer.complete());

        // Then
        List<Record> rows = Sandbox.read(table);
        assertThat(rows).as("seed %d", seed).hasSize(expected.size());
        for (Record row : rows) {
            Map<String, Object> wanted = expected.get(row.getField(SourceColumn.OFFSET.column()));
            assertThat(Expected.same(wanted, Expected.actual(row)))
                    .as("seed %d%n%s%nwanted %s%nactual %s", seed, schema, wanted, Expected.actual(row))
                    .isTrue();
        }
    }

    private static boolean isWritten(TableWriter writer, ConsumerRecord<byte[], byte[]> record) {
        try {
            writer.write(record);
            return true;
        } catch (UndecodableException e) {
            assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.CONVERSION_FAILED);
            return false;
        }
    }

    private static byte[] mutated(byte[] datum, Random random) {
        int at = random.nextInt(datum.length + 1);
        byte[] changed = datum.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed = Arrays.copyOf(datum, at);
            case 1 -> changed = Arrays.copyOf(datum, datum.length + 1 + random.nextInt(3));
            case 2 -> random.nextBytes(changed);
            case 3 -> {
                for (int i = 1 + random.nextInt(3); i > 0 && datum.length > 0; i--) {
                    changed[random.nextInt(datum.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {
                changed = Arrays.copyOf(datum, datum.length + 2);
                System.arraycopy(datum, at, changed, at + 2, datum.length - at);
                changed[at] = (byte) random.nextInt();
            }
        }
        return changed;
    }
}
