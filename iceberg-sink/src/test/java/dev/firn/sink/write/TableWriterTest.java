package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.ops.Quarantine;
import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.table.TableKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TableWriterTest {
    private static final Schema THING = schema("{'name':'n','type':'int'},{'name':'text','type':'string'}");

    @Test
    void shouldWriteWhereRecordsCameFromWhenTableIsBronze() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.BRONZE);
        int id = sandbox.registry.add(THING);
        Table table = sandbox.table(THING);
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {1, 2});
        headers.add("ümlaut", null);

        // When
        TableWriter writer = sandbox.open(table);
        writer.write(sandbox.record(thing(id, 1, "a"), "k".getBytes(StandardCharsets.UTF_8), headers));
        writer.write(sandbox.record(thing(id, 2, "b"), null, new RecordHeaders()));
        Sandbox.commit(table, writer.complete());

        // Then
        List<Record> rows = Sandbox.read(table);
        Record first = rows.get(0);
        assertThat(first.getField("_topic")).isEqualTo(Sandbox.TOPIC);
        assertThat(first.getField("_kafka_partition")).isEqualTo(0);
        assertThat(first.getField("_offset")).isEqualTo(0L);
        assertThat(first.getField("_timestamp"))
                .isEqualTo(Instant.ofEpochMilli(Sandbox.TIMESTAMP).atOffset(ZoneOffset.UTC));
        assertThat(first.getField("_key")).isEqualTo(ByteBuffer.wrap(new byte[] {'k'}));
        assertThat(first.getField("_headers").toString()).contains("trace").contains("Record(ümlaut, null)");
        assertThat(first.getField("_schema_id")).isEqualTo(id);
        assertThat(rows.get(1).getField("_key")).isNull();
        assertThat(rows.get(1).getField("_headers")).isEqualTo(List.of());
    }

    @Test
    void shouldAskForEvolutionWhenSchemaHasMoreThanTheTable() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Schema wider = schema("{'name':'n','type':'long'},{'name':'more','type':['null','double']}");
        int old = sandbox.registry.add(THING);
        int young = sandbox.registry.add(wider);
        Table table = sandbox.table(THING);
        ConsumerRecord<byte[], byte[]> late = sandbox.record(Sandbox.framed(young, new byte[] {6, 0}));

        // When
        TableWriter before = sandbox.open(table);
        before.write(sandbox.record(thing(old, 1, "a")));
        boolean fitBefore = before.fits(late);
        Sandbox.commit(table, before.complete());
        sandbox.evolve(table, wider);
        TableWriter after = sandbox.open(table);
        boolean fitAfter = after.fits(late);
        after.write(late);
        after.write(sandbox.record(thing(old, -2, "b")));
        Sandbox.commit(table, after.complete());

        // Then
        assertThat(fitBefore).isFalse();
        assertThat(fitAfter).isTrue();
        assertThat(Sandbox.read(table).stream().map(row -> row.getField("n") + " " + row.getField("text")))
                .containsExactlyInAnyOrder("1 a", "3 null", "-2 b");
    }

    @Test
    void shouldKeepOneColumnWhenProducersKnowItByItsOldAndItsNewName() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Schema before = new Schema.Parser().parse("""
                        {"type":"record","name":"R","firn.partition-by":["in.n"],"fields":[
                          {"name":"in","type":{"type":"record","name":"In","fields":[{"name":"n","type":"int"}]}}]}""");
        Schema after = new Schema.Parser().parse("""
                        {"type":"record","name":"R","firn.partition-by":["inner.number"],"fields":[
                          {"name":"inner","aliases":["in"],"type":{"type":"record","name":"In","fields":[
                            {"name":"number","aliases":["n"],"type":"long"}]}}]}""");
        int old = sandbox.registry.add(before);
        int young = sandbox.registry.add(after);
        Table table = sandbox.table(before);

        // When
        sandbox.append(table, sandbox.record(Sandbox.framed(old, new byte[] {2})));
        sandbox.evolve(table, after);
        sandbox.append(
                table,
                sandbox.record(Sandbox.framed(young, new byte[] {4})),
                sandbox.record(Sandbox.framed(old, new byte[] {6})));

        // Then
        assertThat(table.schema()
                        .findColumnName(table.schema().findField("inner.number").fieldId()))
                .isEqualTo("inner.number");
        assertThat(table.schema().columns())
                .hasSize(1 + TableKind.PLAIN.columns().size());
        assertThat(Sandbox.read(table).stream().map(row -> row.getField("inner").toString()))
                .containsExactlyInAnyOrder("Record(1)", "Record(2)", "Record(3)");
    }

    @Test
    void shouldThrowWhenWrittenThoughItDoesNotFit() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Table table = sandbox.table(THING);
        int id = sandbox.registry.add(schema("{'name':'n','type':'int'},{'name':'new','type':'int'}"));
        TableWriter writer = sandbox.open(table);

        // When, Then
        assertThatThrownBy(() -> writer.write(sandbox.record(Sandbox.framed(id, new byte[] {2, 2}))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayWhyWhenRecordHasNoUsableSchema() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Table table = sandbox.table(THING);
        int other = sandbox.registry.add(schema("{'name':'n','type':'string'}"));
        int primitive = sandbox.registry.add(Schema.create(Schema.Type.STRING));
        TableWriter writer = sandbox.open(table);

        // When, Then
        assertRefused(writer, sandbox.record(null), Reason.NULL_VALUE);
        assertRefused(writer, sandbox.record(new byte[4]), Reason.BAD_MAGIC);
        assertRefused(writer, sandbox.record(new byte[] {1, 0, 0, 0, 1, 0}), Reason.BAD_MAGIC);
        assertRefused(writer, sandbox.record(thing(99, 1, "a")), Reason.UNKNOWN_SCHEMA_ID);
        assertRefused(writer, sandbox.record(Sandbox.framed(other, new byte[] {0})), Reason.INCOMPATIBLE_SCHEMA);
        assertRefused(writer, sandbox.record(Sandbox.framed(primitive, new byte[] {0})), Reason.INCOMPATIBLE_SCHEMA);
        assertThat(writer.complete().files()).isEmpty();
    }

    private static void assertRefused(TableWriter writer, ConsumerRecord<byte[], byte[]> record, Reason reason) {
        assertThatThrownBy(() -> writer.fits(record))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
        assertThatThrownBy(() -> writer.write(record)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void shouldGoOnWhenRegistryIsBack() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Table table = sandbox.table(THING);
        int id = sandbox.registry.add(THING);
        ConsumerRecord<byte[], byte[]> record = sandbox.record(thing(id, 1, "a"));
        TableWriter writer = sandbox.open(table);
        sandbox.registry.down(true);

        // When
        assertThatThrownBy(() -> writer.fits(record)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> writer.write(record)).isInstanceOf(RegistryUnavailableException.class);
        sandbox.registry.down(false);
        writer.write(record);

        // Then
        assertThat(writer.complete().rows()).isEqualTo(1);
    }

    @Test
    void shouldCountRowsAndBytesAndEventTimeByPartition() {
        // Given
        Schema schema = new Schema.Parser().parse("""
                        {"type":"record","name":"R","firn.event-time":"in.at","fields":[
                          {"name":"in","type":["null",{"type":"record","name":"In","fields":[
                            {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}]}]}]}]}""");
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(schema);
        TableWriter writer = sandbox.open(sandbox.table(schema));

        // When
        for (byte[] datum : List.of(new byte[] {2, 2, 14}, new byte[] {0}, new byte[] {2, 0}, new byte[] {2, 2, 6})) {
            writer.write(sandbox.record(Sandbox.framed(id, datum)));
        }

        // Then
        assertThat(writer.rows()).isEqualTo(4);
        assertThat(writer.avroBytes()).isEqualTo(4 * 5 + 3 + 1 + 2 + 3);
        assertThat(writer.bytes()).isPositive();
        assertThat(writer.maxEventTimeMicros(new TopicPartition(Sandbox.TOPIC, 0)))
                .hasValue(7000);
        assertThat(writer.maxEventTimeMicros(new TopicPartition(Sandbox.TOPIC, 1)))
                .isEmpty();
        WrittenFiles written = writer.complete();
        assertThat(written.rows()).isEqualTo(4);
        assertThat(written.avroBytes()).isEqualTo(29);
        assertThat(written.bytes()).isEqualTo(written.files().get(0).fileSizeInBytes());
    }

    @Test
    void shouldReadAFieldForEachOfItsUsesWhenItHasSeveral() {
        // Given: event time, partition, order, and key
        Schema schema = new Schema.Parser().parse("""
                        {"type":"record","name":"R","firn.event-time":"at","firn.mode":"upsert","firn.key":["at"],
                          "firn.partition-by":["day(at)"],"fields":[
                          {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}}]}""");
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);

        // When
        TableWriter writer = sandbox.open(table);
        KeyedRow one = writer.writeKeyed(sandbox.record(Sandbox.framed(id, new byte[] {2})));
        KeyedRow two = writer.writeKeyed(sandbox.record(Sandbox.framed(id, new byte[] {4})));
        WrittenFiles written = writer.complete();

        // Then
        assertThat(one.key()).isNotEqualTo(two.key());
        assertThat(written.files())
                .singleElement()
                .satisfies(file ->
                        assertThat(file.partition().get(0, Integer.class)).isZero());
    }

    @Test
    void shouldHoldFewFilesOpenWhenPartitionsAreMany() {
        // Given
        Schema schema = new Schema.Parser().parse("""
                        {"type":"record","name":"R","firn.partition-by":["n"],"fields":[{"name":"n","type":"int"}]}""");
        Sandbox sandbox = new Sandbox(TableKind.PLAIN, new WriteLimits(3));
        int id = sandbox.registry.add(schema);
        Table table = sandbox.table(schema);

        // When: ten partitions in turn, three times
        TableWriter writer = sandbox.open(table);
        IntStream.range(0, 30)
                .forEach(i -> writer.write(sandbox.record(Sandbox.framed(id, new byte[] {(byte) (2 * (i % 10))}))));
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);

        // Then
        assertThat(written.files()).hasSize(10);
        assertThat(Sandbox.read(table)).hasSize(30);
    }

    @Test
    void shouldBeginAnotherFileWhenOneIsLargeEnough() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(THING);
        Table table = sandbox.table(THING);
        table.updateProperties()
                .set(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, "1000000")
                .commit();

        Random random = new Random(7);
        List<String> texts = Stream.generate(() -> randomText(random)).limit(9).toList();

        // When
        TableWriter writer = sandbox.open(table);
        for (int i = 0; i < 9; i++) {
            writer.write(sandbox.record(thing(id, i, texts.get(i))));
        }
        WrittenFiles written = writer.complete();
        Sandbox.commit(table, written);

        // Then
        assertThat(written.files()).hasSizeGreaterThan(2);
        assertThat(Sandbox.read(table))
                .hasSize(9)
                .allSatisfy(row -> assertThat(row.getField("text")).isEqualTo(texts.get((int) row.getField("n"))));
    }

    private static String randomText(Random random) {
        byte[] bytes = new byte[600_000];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void shouldLeaveNoFileWhenAborted() {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        int id = sandbox.registry.add(THING);
        Table table = sandbox.table(THING);
        TableWriter completed = sandbox.open(table);
        completed.write(sandbox.record(thing(id, 1, "a")));
        List<DataFile> files = completed.complete().files();
        TableWriter open = sandbox.open(table);
        open.write(sandbox.record(thing(id, 1, "a")));

        // When
        completed.abort();
        open.abort();

        // Then
        assertThat(files).hasSize(1);
        assertThatThrownBy(() -> table.io().newInputFile(files.get(0).location()))
                .isInstanceOf(NotFoundException.class);
        assertThat(files.get(0).location()).contains("window-0");
    }

    @Test
    void shouldWriteQuarantineRowsMadeHere() throws IOException {
        // Given
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Table table = sandbox.table(Quarantine.SCHEMA$);
        Quarantine rejected = Quarantine.newBuilder()
                .setSourceTopic(Sandbox.TOPIC)
                .setPartition(0)
                .setOffset(3)
                .setTimestamp(Instant.EPOCH)
                .setKey(null)
                .setValue(ByteBuffer.wrap(new byte[] {9, 8}))
                .setHeaders(List.of())
                .setTarget("bronze.things")
                .setStage("decode")
                .setReason(Reason.BAD_MAGIC.name())
                .setDetail("first byte is 9, not 0")
                .setQuarantinedAt(Instant.EPOCH)
                .build();

        // When
        TableWriter writer = sandbox.open(table);
        ByteBuffer message = rejected.toByteBuffer();
        byte[] datum = new byte[message.remaining() - 10]; // behind Avro's single-object header
        message.position(10).get(datum);
        writer.write(Quarantine.SCHEMA$, datum, sandbox.record(new byte[] {9, 8}));
        Sandbox.commit(table, writer.complete());

        // Then
        assertThat(Sandbox.read(table)).singleElement().satisfies(row -> {
            assertThat(row.getField("value")).isEqualTo(ByteBuffer.wrap(new byte[] {9, 8}));
            assertThat(row.getField("reason")).isEqualTo("BAD_MAGIC");
            assertThat(row.getField("_offset")).isEqualTo(0L);
        });
    }

    private static byte[] thing(int id, int n, String text) {
        return Sandbox.framed(
                id,
                Sandbox.datum(
                        THING,
                        new GenericRecordBuilder(THING)
                                .set("n", n)
                                .set("text", text)
                                .build(),
                        false));
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
