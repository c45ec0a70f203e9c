package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.util.ArrayList;
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

/** Records of all versions of a schema, in any order, come out of one table as they went in. */
class EvolutionRoundTripTest {
    private static final int VERSIONS = 4;

    static List<Long> seeds() {
        return Seeds.some(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReadBackWhatAvroReadsWhenVersionsAreMixed(long seed) throws IOException {
        // Given
        Random random = new Random(seed);
        RandomAvro avro = new RandomAvro(random);
        EvolvingAvro evolving = new EvolvingAvro(random);
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        List<Schema> versions = new ArrayList<>(List.of(avro.schema()));
        for (int i = 1; i < VERSIONS; i++) {
            versions.add(evolving.next(versions.get(i - 1)));
        }
        List<Integer> ids = versions.stream().map(sandbox.registry::add).toList();
        Table table = sandbox.table(versions.get(0));
        Map<Long, Map<String, Object>> expected = new HashMap<>();

        // When: each version comes once in turn, then any
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 80; i++) {
            int version = i < VERSIONS ? i : random.nextInt(VERSIONS);
            Schema schema = versions.get(version);
            byte[] datum = Sandbox.datum(schema, avro.value(schema), false);
            ConsumerRecord<byte[], byte[]> record = sandbox.record(Sandbox.framed(ids.get(version), datum));
            expected.put(record.offset(), new Expected().row(RoundTripTest.decode(evolving.lastNames(schema), datum)));
            if (!writer.fits(record)) {
                Sandbox.commit(table, writer.complete());
                sandbox.tables.evolve(table, Contract.of(schema), TableKind.PLAIN);
                writer = sandbox.open(table);
            }
            writer.write(record);
        }
        Sandbox.commit(table, writer.complete());

        // Then
        List<Record> rows = Sandbox.read(table);
        assertThat(rows).hasSize(80);
        for (Record row : rows) {
            Map<String, Object> wanted = expected.get(row.getField(SourceColumn.OFFSET.column()));
            Map<String, Object> actual = Expected.actual(row);
            assertThat(Expected.same(wanted, actual))
                    .as("seed %d%n%s%nwanted %s%nactual %s", seed, versions, wanted, actual)
                    .isTrue();
        }
    }
}
