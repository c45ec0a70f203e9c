package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.serde.AvroSerializer;
import dev.firn.sink.consume.Share;
import dev.firn.sink.consume.SourceWatch;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.reconcile.KafkaSourceLog;
import dev.firn.sink.reconcile.Reconcile;
import dev.firn.sink.reconcile.Report;
import dev.firn.sink.table.TableKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
            topic.endsWith(".logs") ? ValueFormat.JSON : ValueFormat.AVRO,
            Optional.empty()));

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

    @Test
    void shouldShareATopicAmongTablesWhenRecordsHaveValuesOfAField() {
        // Given
        String topic = test.topic("mixed", 2);
        Schema schema = schema("{'name':'type','type':'string'},{'name':'n','type':'int'}");
        TableIdentifier sales = TableIdentifier.of(test.space, "sales");
        TableIdentifier visits = TableIdentifier.of(test.space, "visits");
        Share first = new Share(topic, "type", Set.of("sale"), Set.of("visit"), Share.Rest.REJECTS);
        Share second = new Share(topic, "type", Set.of("visit"), Set.of("sale"), Share.Rest.LEAVES);
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            values.add(value(topic, schema, Map.of("type", i % 3 == 0 ? "sale" : "visit", "n", i)));
        }
        values.add(value(topic, schema, Map.of("type", "other", "n", 0)));
        values.add(bytes("nonsense"));

        // When
        Sink before = test.start(shared(first, sales), List.of(shared(second, visits)));
        test.produce(topic, values);
        test.awaitRows(visits, 100);
        before.abandon();
        test.start(shared(first, sales), List.of(shared(second, visits)));
        test.produce(topic, values);
        test.awaitRows(sales, 200);
        test.awaitRows(visits, 400);
        test.awaitRows(test.quarantine, 4);
        Optional<SourceWatch.Seen> seen;
        try (SourceWatch watch = test.watch(shared(first, sales), List.of(shared(second, visits)))) {
            seen = watch.look();
        }

        // Then
        assertThat(seen).hasValueSatisfying(now -> {
            assertThat(now.all()).hasSize(4).isEqualTo(now.withOthers());
            assertThat(now.unassigned(Set.of())).isEmpty();
        });
        test.requireOnce(sales, 200);
        test.requireOnce(visits, 400);
        assertThat(test.rows(visits)).allMatch(row -> "visit".equals(row.getField("type")));
        assertThat(test.rows(test.quarantine).stream()
                        .map(row -> row.getField("target") + " " + row.getField("reason"))
                        .sorted())
                .containsExactly(sales + " BAD_MAGIC", sales + " BAD_MAGIC", sales + " NO_ROUTE", sales + " NO_ROUTE");
        assertThat(test.rows(test.quarantine).stream().map(row -> row.getField("field")))
                .containsExactlyInAnyOrder("type", "type", null, null);
        assertThat(reconcile(sales, visits, test.quarantine).faults()).isEmpty();
    }

    private static Target shared(Share share, TableIdentifier table) {
        return new Target(table, TableKind.BRONZE, List.of(), ValueFormat.AVRO, Optional.of(share));
    }

    private Report reconcile(TableIdentifier... tables) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers());
        try (KafkaSourceLog log = new KafkaSourceLog(kafka, Clock.systemUTC(), Duration.ofSeconds(20))) {
            return new Reconcile(test.catalog, log, Optional.of(test.registry), test.quarantine).run(List.of(tables));
        }
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
