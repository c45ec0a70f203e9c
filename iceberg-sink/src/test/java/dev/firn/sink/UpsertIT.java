package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.serde.AvroSerializer;
import dev.firn.sink.commit.Decision;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Span;
import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.reconcile.Report;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.UpsertKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpsertIT {
    private static final Schema CUSTOMER = new Schema.Parser().parse("""
            {"type": "record", "name": "Customer", "namespace": "test", "firn.mode": "upsert", "firn.key": ["id"],
             "firn.partition-by": ["region"], "fields": [
               {"name": "id", "type": "string"}, {"name": "region", "type": "string"}, {"name": "n", "type": "long"}]}
            """);
    private static final Schema ENVELOPE = Schema.createRecord("Envelope", null, "test.debezium", false);

    static {
        Schema row = Schema.createUnion(Schema.create(Schema.Type.NULL), CUSTOMER);
        ENVELOPE.setFields(List.of(
                new Schema.Field("before", row),
                new Schema.Field("after", row),
                new Schema.Field("op", Schema.create(Schema.Type.STRING)),
                new Schema.Field("ts_ms", Schema.create(Schema.Type.LONG))));
    }

    private final TestSink test = new TestSink(topic ->
            new Target(TableIdentifier.parse(topic), TableKind.PLAIN, key(topic), ValueFormat.AVRO, Optional.empty()));
    private final Map<String, Long> model = new HashMap<>();

    private static List<String> key(String topic) {
        return topic.endsWith(".configured") ? List.of("id") : List.of();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldHoldTheNewestRowOfEachKeyWhenInstancesComeAndDie() throws InterruptedException {
        // Given
        String topic = test.topic("customers", 3);
        TableIdentifier table = TableIdentifier.parse(topic);
        Random random = new Random(7);
        Sink first = test.start(2, Duration.ofMillis(300));

        // When
        for (int batch = 0; batch < 12; batch++) {
            produce(topic, random, 400);
            Thread.sleep(300);
            if (batch == 4) {
                test.start(1, Duration.ofMillis(300));
            } else if (batch == 8) {
                first.abandon();
            }
        }

        // Then
        awaitLedger(table, 12 * 400);
        assertThat(held(table)).isEqualTo(model);
        assertThat(TableUtil.formatVersion(test.catalog.loadTable(table))).isEqualTo(3);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }

    @Test
    void shouldFindWhatIsMissingAndWhatIsOutdatedWhenTheTableWasTamperedWith() {
        // Given
        String topic = test.topic("tampered", 1);
        TableIdentifier name = TableIdentifier.parse(topic);
        Random random = new Random(13);
        test.start();
        produce(topic, random, 200);
        awaitLedger(name, 200);
        produce(topic, random, 200);
        awaitLedger(name, 400);
        Table table = test.catalog.loadTable(name);
        DataFile file = partlyOutdated(table);

        // When
        table.newDelete().deleteFile(file).commit();
        Report missing = test.reconcile(name);
        // later than its deletes, so that they say nothing of it
        table.newAppend().appendFile(file).commit();
        Report outdated = test.reconcile(name);

        // Then
        assertThat(missing.faults()).anyMatch(fault -> fault.contains("missing"));
        assertThat(outdated.faults())
                .anyMatch(fault -> fault.contains("not the newest of their key"))
                .anyMatch(fault -> fault.contains("not the only one of their key"));
    }

    @Test
    void shouldUpsertByTheConfiguredKeyWhenSchemasSayNothing() {
        // Given
        String topic = test.topic("configured", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        Schema plain = SchemaBuilder.record("Plain")
                .fields()
                .requiredString("id")
                .requiredLong("n")
                .endRecord();
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            send(producer, topic, "before there is a table", null);
            for (int i = 0; i < 10; i++) {
                GenericRecord row = new GenericRecordBuilder(plain)
                        .set("id", "k" + i % 3)
                        .set("n", (long) i)
                        .build();
                send(producer, topic, "k" + i % 3, row);
            }
            send(producer, topic, "k2", null);
        }

        // When
        test.start();
        awaitLedger(table, 12);

        // Then
        assertThat(held(table)).isEqualTo(Map.of("k0", 9L, "k1", 7L));
        assertThat(test.count(test.quarantine)).isZero();
    }

    @Test
    void shouldDeleteByPositionWhenTheTableIsOfVersionTwo() {
        // Given
        String topic = test.topic("older", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        Random random = new Random(11);
        test.start();
        produce(topic, random, 1);
        awaitLedger(table, 1);
        Table made = test.catalog.loadTable(table);
        TableIdentifier older = TableIdentifier.of(test.space, "second");
        test.topic("second", 1);
        test.catalog
                .buildTable(older, made.schema())
                .withPartitionSpec(made.spec())
                .withProperties(Map.of("format-version", "2"))
                .create();

        // When
        model.clear();
        produce(older.toString(), random, 300);
        awaitLedger(older, 300);
        produce(older.toString(), random, 300);
        awaitLedger(older, 600);

        // Then
        Table second = test.catalog.loadTable(older);
        assertThat(TableUtil.formatVersion(second)).isEqualTo(2);
        assertThat(UpsertKey.of(second.properties())).contains(new UpsertKey(List.of("id")));
        assertThat(held(older)).isEqualTo(model);
    }

    @Test
    void shouldHoldTheRowsOfEnvelopesWhenChangesAreDebeziums() {
        // Given
        String topic = test.topic("changes", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        test.start();

        // When
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            change(producer, topic, "a", "c", null, row("a", "north", 1));
            change(producer, topic, "b", "r", null, row("b", "north", 2));
            change(producer, topic, "a", "u", row("a", "north", 1), row("a", "south", 3));
            change(producer, topic, "c", "c", null, row("c", "west", 4));
            change(producer, topic, "b", "d", row("b", "north", 2), null);
            send(producer, topic, "b", null);
            change(producer, topic, "d", "c", null, row("d", "west", 5));
            change(producer, topic, "d", "d", null, null);
        }
        awaitLedger(table, 8);

        // Then
        assertThat(held(table)).isEqualTo(Map.of("a", 3L, "c", 4L));
        assertThat(test.catalog.loadTable(table).schema().findField("op")).isNull();
    }

    private void change(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            String key,
            String op,
            @Nullable GenericRecord before,
            @Nullable GenericRecord after) {
        GenericRecord envelope = new GenericRecordBuilder(ENVELOPE)
                .set("before", before)
                .set("after", after)
                .set("op", op)
                .set("ts_ms", 0L)
                .build();
        send(producer, topic, key, envelope);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, @Nullable GenericRecord value) {
        byte[] bytes = value == null ? null : value(topic, value);
        var unused = producer.send(new ProducerRecord<>(topic, bytes(key), bytes));
    }

    @Test
    void shouldStopTheTableUntilTheyAreAcceptedWhenItsTopicGetsPartitions() throws Exception {
        // Given
        String topic = test.topic("grown", 1);
        TableIdentifier table = TableIdentifier.parse(topic);
        Sink sink = test.start();
        produce(topic, new Random(17), 200);
        awaitLedger(table, 200);

        // When
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers()))) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }

        // Then
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(sink.lanes().stream()
                                .flatMap(lane -> lane.sources().stream())
                                .filter(source -> source.source().topic().equals(topic))
                                .map(LaneStatus.OfSource::state))
                        .containsExactly("PARTITIONS_ADDED", "PARTITIONS_ADDED", "PARTITIONS_ADDED"));

        // and takes what came meanwhile when it is told that keys have not moved
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            for (int i = 0; i < 100; i++) {
                send(producer, topic, "new" + i, row("new" + i, "r", i));
                model.put("new" + i, (long) i);
            }
        }
        sink.decide(table, Decision.Kind.ACCEPT_PARTITIONS, "jane");
        awaitLedger(table, 300);
        assertThat(held(table)).isEqualTo(model);
        assertThat(test.reconcile(table).faults()).isEmpty();
    }

    private void produce(String topic, Random random, int count) {
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                String id = "c" + random.nextInt(100);
                boolean gone = i > 0 && random.nextInt(6) == 0;
                long n = random.nextInt(1_000_000);
                send(producer, topic, id, gone ? null : row(id, "r" + random.nextInt(3), n));
                if (gone) {
                    model.remove(id);
                } else {
                    model.put(id, n);
                }
            }
        }
    }

    private static GenericRecord row(String id, String region, long n) {
        return new GenericRecordBuilder(CUSTOMER)
                .set("id", id)
                .set("region", region)
                .set("n", n)
                .build();
    }

    private byte[] value(String topic, GenericRecord record) {
        try (AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(test.registry)) {
            byte[] value = serializer.serialize(topic, record);
            assertThat(value).isNotNull();
            return value;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file with rows that are the newest of their key, and rows that are not. */
    private static DataFile partlyOutdated(Table table) {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                long deleted = task.deletes().stream()
                        .mapToLong(ContentFile::recordCount)
                        .sum();
                if (deleted > 0 && deleted < task.file().recordCount()) {
                    return task.file();
                }
            }
            throw new AssertionError("no such file in " + table.currentSnapshot());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLedger(TableIdentifier table, long records) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat(test.catalog.tableExists(table)).isTrue();
                    assertThat(Ledgers.of(test.catalog.loadTable(table)).held().values().stream()
                                    .mapToLong(Span::end)
                                    .sum())
                            .isEqualTo(records);
                });
    }

    private Map<String, Long> held(TableIdentifier table) {
        Map<String, Long> rows = new HashMap<>();
        for (Record row : test.rows(table)) {
            assertThat(rows.put((String) row.getField("id"), (Long) row.getField("n")))
                    .as("%s", row)
                    .isNull();
        }
        return rows;
    }
}
