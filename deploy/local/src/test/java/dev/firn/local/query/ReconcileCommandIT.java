package dev.firn.local.query;

import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.KafkaBroker;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.LedgerJson;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import dev.firn.sink.reconcile.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileCommandIT {
    private static final Source SOURCE = new Source("raw.sales", 0);
    private static final Schema SCHEMA = new Schema(
            required(1, "_topic", Types.StringType.get()),
            required(2, "_kafka_partition", Types.IntegerType.get()),
            required(3, "_offset", Types.LongType.get()));

    @TempDir
    Path folder;

    @Test
    void shouldStartBrokerOnTheDataAndFindTamperingWhenNothingRuns()
            throws IOException, InterruptedException, ExecutionException {
        // Given
        produce(100);
        DataFile file = hold(100);
        Report whole = ReconcileCommand.report(folder);
        deleteRow(file, 42);

        // When
        Report tampered = ReconcileCommand.report(folder);

        // Then
        assertThat(whole.faults()).isEmpty();
        assertThat(whole.sources()).extracting(source -> source.held()).containsExactly(100L);
        assertThat(tampered.faults()).containsExactly("bronze.sales raw.sales-0: 1 missing: 42");
    }

    private void produce(int records) throws IOException, InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaBroker broker = KafkaBroker.alone(folder)) {
            broker.start();
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic(SOURCE.topic(), 1, (short) 1)))
                        .all()
                        .get();
            }
            try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < records; i++) {
                    sent.add(producer.send(new ProducerRecord<>(SOURCE.topic(), 0, null, new byte[10])));
                }
            }
        }
        assertThat(sent).allMatch(Future::isDone);
    }

    private DataFile hold(int records) {
        try (Lake lake = new Lake(folder)) {
            Table table = lake.create("bronze.sales", SCHEMA, PartitionSpec.unpartitioned(), 2);
            DataFile file = Lake.write(
                    table,
                    LongStream.range(0, records)
                            .mapToObj(offset -> Lake.record(SCHEMA, SOURCE.topic(), SOURCE.partition(), offset))
                            .toList());
            Advance advance = Advance.of(List.of(new OffsetRange(SOURCE, 0, records, records, 0)));
            table.newAppend()
                    .appendFile(file)
                    .set(Ledgers.LEDGER, LedgerJson.write(Ledger.EMPTY.plus(advance)))
                    .set(Ledgers.RANGES, LedgerJson.writeRanges(advance))
                    .commit();
            return file;
        }
    }

    private void deleteRow(DataFile file, long position) {
        try (Lake lake = new Lake(folder)) {
            Lake.deletePositions(lake.load("bronze.sales"), file, position);
        }
    }
}
