package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.serde.AvroSerializer;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.TableKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What records and schemas may look like, on the real stack. */
class FormsIT {
    private final TestSink test = new TestSink(topic -> new Target(
            TableIdentifier.parse(topic),
            TableKind.BRONZE,
            List.of(),
            topic.endsWith(".logs") ? ValueFormat.JSON : ValueFormat.AVRO));

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldFollowTheSchemasWhenProducersOfSeveralVersionsWriteAtOnce() {
        // Given
        String topic = test.topic("events", 2);
        TableIdentifier name = TableIdentifier.parse(topic);
        Schema one = schema("{'name':'n','type':'int'},{'name':'gone','type':'string'}");
        Schema two =
                schema("{'name':'number','aliases':['n'],'type':'long'},{'name':'more','type':'string','default':''}");
        Schema wrong = schema("{'name':'n','type':'string'}");
        test.start();

        // When
        test.produce(topic, List.of(value(topic, one, Map.of("n", 1, "gone", "a"))));
        test.awaitRows(name, 1);
        test.produce(
                topic,
                List.of(
                        value(topic, two, Map.of("number", 2L, "more", "b")),
                        value(topic, wrong, Map.of("n", "three")),
                        value(topic, one, Map.of("n", 4, "gone", "c"))));
        test.awaitRows(name, 3);
        test.awaitRows(test.quarantine, 1);

        // Then
        test.requireOnce(name, 3);
        assertThat(test.rows(name).stream()
                        .map(row -> row.getField("number") + " " + row.getField("gone") + " " + row.getField("more")))
                .containsExactlyInAnyOrder("1 a null", "2 null b", "4 c null");
        assertThat(test.rows(test.quarantine)).singleElement().satisfies(row -> {
            assertThat(row.getField("reason")).isEqualTo("INCOMPATIBLE_SCHEMA");
            assertThat(row.getField("detail").toString()).contains("long").contains("string");
        });
        Table table = test.catalog.loadTable(name);
        assertThat(table.schemas()).hasSize(2);
        assertThat(table.snapshots()).extracting(Snapshot::schemaId).contains(0, 1);
    }

    @Test
    void shouldHoldTextAndTombstonesWhenATopicIsOfJson() {
        // Given
        String topic = test.topic("logs", 1);
        TableIdentifier name = TableIdentifier.parse(topic);
        test.start();

        // When
        try (KafkaProducer<byte[], byte[]> producer = test.producer(Map.of())) {
            for (String value : List.of("{\"a\": 1}", "{\"a\": ")) {
                var unused = producer.send(new ProducerRecord<>(topic, bytes("k"), bytes(value)));
            }
            var unused = producer.send(new ProducerRecord<>(topic, bytes("k"), null));
        }
        test.awaitRows(name, 2);
        test.awaitRows(test.quarantine, 1);

        // Then
        test.requireOnce(name, 2);
        assertThat(test.rows(name).stream().map(row -> String.valueOf(row.getField("_value"))))
                .containsExactlyInAnyOrder("{\"a\": 1}", "null");
        assertThat(test.rows(test.quarantine))
                .singleElement()
                .satisfies(row -> assertThat(row.getField("reason")).isEqualTo("MALFORMED"));
    }

    private byte[] value(String topic, Schema schema, Map<String, Object> fields) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        fields.forEach(record::set);
        try (AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(test.registry)) {
            return Objects.requireNonNull(serializer.serialize(topic, record.build()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
