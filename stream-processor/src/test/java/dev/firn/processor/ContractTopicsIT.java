package dev.firn.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.contract.Contract;
import dev.firn.embedded.EmbeddedStack;
import dev.firn.ops.Quarantine;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.topology.Topics;
import dev.firn.serde.AvroDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two teams' topics that the code has never seen, the second one appearing, and wider, while the first one is at work. */
class ContractTopicsIT {
    private static final Kafka KAFKA = new Kafka(
            EmbeddedStack.shared().bootstrapServers(), EmbeddedStack.shared().registryUrl());
    private static final String PARCELS = "raw.team_parcels";
    private static final String SENSORS = "raw.team_sensors";
    private static final String DEVICES = "raw.team_devices";
    private static final int RECORDS = 3_000;
    private static final int UNKNOWN = 1_000;

    private static final Schema PARCEL = schema("""
            {"type":"record","name":"Parcel","namespace":"parcels","firn.key":["head.id"],"firn.event-time":"head.at",
             "firn.partition-by":["month(head.at)"],"fields":[
              {"name":"head","type":{"type":"record","name":"Head","fields":[
                {"name":"id","type":"string","firn.rules":["not-blank","unique(2h)"]},
                {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}},
              {"name":"mail","type":["null","string"],"default":null,"firn.rules":["email"],"firn.pii":"hash"},
              {"name":"grams","type":"int","firn.rules":["range(1, 30000)","warn: range(1, 20000)"]}]}""");

    private static final Schema READING = schema("""
            {"type":"record","name":"Reading","firn.key":["sensor","n"],"firn.event-time":"at","fields":[
              {"name":"sensor","type":"string","firn.rules":["references(raw.team_devices)"]},{"name":"n","type":"long","firn.rules":["unique(1d)"]},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"celsius","type":{"type":"array","items":"double"},"firn.rules":["warn: anomaly(8)"]}]}""");

    private static final Schema DEVICE = schema("""
            {"type":"record","name":"Device","firn.key":["name"],"firn.mode":"upsert","fields":[
              {"name":"name","type":"string","firn.rules":["matches(s[0-9])"]}]}""");

    @TempDir
    private Path dir;

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(KAFKA.environment(dir));
        environment.put("FIRN_PROCESSOR_APPLICATION_ID", "teams");
        environment.put("FIRN_PROCESSOR_FUTURE_MOBILITY", "false");
        environment.put("FIRN_PROCESSOR_TOPICS", "raw\\.team_.*");
        environment.put("FIRN_PROCESSOR_TOPIC_INTERVAL", "300ms");
        return environment;
    }

    @Test
    void shouldMakeSilverOfTopicsByTheirContractsAloneThroughKills() throws Exception {
        // Given
        KAFKA.createTopic(PARCELS, 2);
        int parcel = KAFKA.registry().register(PARCELS + "-value", PARCEL);
        produce(PARCELS, parcel, PARCEL, 0, this::parcel);

        // When
        try (ServiceProcess first = ServiceProcess.start(dir.resolve("1.log"), environment())) {
            awaitRows("silver.team_parcels", RECORDS / 10);
            KAFKA.createTopic(SENSORS, 5);
            int reading = KAFKA.registry().register(SENSORS + "-value", READING);
            produce(SENSORS, reading, READING, 0, this::reading);
            await().atMost(Duration.ofMinutes(3))
                    .until(() ->
                            first.get("/status").contains("\"raw.team_sensors\":\"WAITING_FOR raw.team_devices\""));
            produceDevices();
            awaitRows("silver.team_sensors", RECORDS / 10);
            first.kill();
            produce(SENSORS, reading, READING, 1, this::reading);
        }
        produce(PARCELS, parcel, PARCEL, 1, this::parcel);
        try (ServiceProcess second = ServiceProcess.start(dir.resolve("2.log"), environment())) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> second.get("/status").contains("\"raw.team_sensors\":\"RUNNING\""));
            second.awaitDrained();
            assertThat(second.get("/health")).contains("\"status\":\"UP\"");
            second.stop();
        }

        // Then
        assertParcels(KAFKA.records("silver.team_parcels"));
        assertReadings(KAFKA.records("silver.team_sensors"));
        assertQuarantine();
    }

    private static void awaitRows(String topic, int rows) {
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> KAFKA.read(topic).size() > rows);
    }

    private void assertParcels(List<GenericRecord> rows) {
        assertThat(rows.stream().map(row -> row.get("head_id").toString()).toList())
                .doesNotHaveDuplicates()
                .hasSize(2 * (RECORDS - RECORDS / 10));
        Contract contract = Contract.of(rows.get(0).getSchema());
        assertThat(contract.key()).containsExactly("head_id");
        assertThat(contract.partitionBy()).extracting(Object::toString).containsExactly("month(head_at)");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get("mail").toString()).hasSize(64);
            assertThat(row.get("_doc").toString()).doesNotContain("@");
            boolean heavy = (Integer) row.get("grams") > 20_000;
            assertThat((List<?>) row.get("_warnings")).hasSize(heavy ? 1 : 0);
        });
    }

    private void assertReadings(List<GenericRecord> rows) {
        assertThat(rows.stream()
                        .map(row -> row.get("sensor") + " " + row.get("n"))
                        .toList())
                .doesNotHaveDuplicates()
                .hasSize(2 * RECORDS - 1);
        assertThat(rows)
                .filteredOn(row -> !((List<?>) row.get("_warnings")).isEmpty())
                .extracting(row -> row.get("n"))
                .containsExactlyInAnyOrder((long) RECORDS - 1, 2L * RECORDS - 1);
    }

    private void assertQuarantine() {
        AvroDecoder<Quarantine> decoder = AvroDecoder.specific(KAFKA.registry(), Quarantine.class);
        Map<String, List<Quarantine>> rows = KAFKA.read(Topics.QUARANTINE).stream()
                .map(record -> decoder.decode(record.value()))
                .collect(Collectors.groupingBy(Quarantine::getSourceTopic));
        assertThat(rows.get(SENSORS)).extracting(Quarantine::getReason).containsExactly("BROKEN_REFERENCE");
        assertThat(rows.get(DEVICES)).extracting(Quarantine::getReason).containsExactly("RULE_FAILED");
        assertThat(rows.get(PARCELS))
                .hasSize(2 * RECORDS / 10)
                .allSatisfy(row -> assertThat(row.getDetail()).isEqualTo("mail email; grams range(1, 30000)"));
    }

    /** Four that are referred to, and one that no one may refer to. */
    private static void produceDevices() throws Exception {
        KAFKA.createTopic(DEVICES, 1);
        int schemaId = KAFKA.registry().register(DEVICES + "-value", DEVICE);
        WireEncoder<GenericRecord> encoder = new WireEncoder<>(schemaId, new GenericDatumWriter<>(DEVICE));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            for (String name : List.of("s0", "s1", "s2", "s3", "broken")) {
                GenericRecord device = new GenericData.Record(DEVICE);
                device.put("name", name);
                sent.add(producer.send(new ProducerRecord<>(DEVICES, name, encoder.encode(device))));
            }
        }
        assertAcknowledged(sent);
    }

    private static void assertAcknowledged(List<Future<RecordMetadata>> sent) {
        assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ZERO));
    }

    /** Every tenth fails two rules, every seventh of the others twice. */
    private GenericRecord parcel(int i) {
        GenericRecord head = new GenericData.Record(PARCEL.getField("head").schema());
        head.put("id", "p" + i);
        head.put("at", 1_700_000_000_000L + i * 1000L);
        GenericRecord parcel = new GenericData.Record(PARCEL);
        parcel.put("head", head);
        parcel.put("mail", i % 10 == 0 ? "nobody" : "p" + i + "@example.com");
        parcel.put("grams", i % 10 == 0 ? 0 : 1 + i * 7919 % 30_000);
        return parcel;
    }

    /** The last of each half is out of the way. */
    private GenericRecord reading(int i) {
        GenericRecord reading = new GenericData.Record(READING);
        reading.put("sensor", i == UNKNOWN ? "broken" : "s" + i % 4);
        reading.put("n", (long) i);
        reading.put("at", 1_700_000_000_000_000L + i * 1_000_000L);
        reading.put("celsius", List.of(20.0 + i % 3, (i + 1) % RECORDS == 0 ? 500.0 : 21.0));
        return reading;
    }

    private static void produce(
            String topic, int schemaId, Schema schema, int half, IntFunction<GenericRecord> record) {
        WireEncoder<GenericRecord> encoder = new WireEncoder<>(schemaId, new GenericDatumWriter<>(schema));
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = KAFKA.producer()) {
            for (int i = half * RECORDS; i < (half + 1) * RECORDS; i++) {
                byte[] value = encoder.encode(record.apply(i));
                sent.add(producer.send(new ProducerRecord<>(topic, "k" + i % 4, value)));
                if (i % 7 == 0 && i % 10 != 0) {
                    sent.add(producer.send(new ProducerRecord<>(topic, "k" + i % 4, value)));
                }
            }
        }
        assertAcknowledged(sent);
    }
}
