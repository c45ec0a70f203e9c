package dev.firn.processor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.processor.FakeRegistry;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SchemasAheadTest {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final TopicPartition FIRST = new TopicPartition("raw", 0);
    private static final TopicPartition SECOND = new TopicPartition("raw", 1);
    private static final TopicPartition INTERNAL = new TopicPartition("internal", 0);

    private final FakeRegistry registry = new FakeRegistry();
    private final SchemasAhead schemas = new SchemasAhead(registry, Set.of("raw"), Duration.ofMillis(1));
    private final int old = registry.register("raw", schema("Old"));
    private final int next = registry.register("raw", schema("Next"));
    private final Map<TopicPartition, OffsetAndMetadata> sought = new HashMap<>();

    private static Schema schema(String name) {
        return SchemaBuilder.record(name).fields().endRecord();
    }

    private ConsumerRecords<byte[], byte[]> poll(Map<TopicPartition, List<byte[]>> values) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        values.forEach((partition, all) -> {
            records.put(
                    partition,
                    IntStream.range(0, all.size())
                            .mapToObj(offset -> new ConsumerRecord<>(
                                    partition.topic(), partition.partition(), offset, new byte[0], all.get(offset)))
                            .toList());
            ends.put(partition, new OffsetAndMetadata(all.size()));
        });
        sought.clear();
        return schemas.of(new ConsumerRecords<>(records, ends), sought::put);
    }

    private static byte[] of(int schemaId) {
        byte[] value = new byte[WireFormat.HEADER];
        WireFormat.writeHeader(value, schemaId);
        return value;
    }

    private void know(int schemaId) {
        await().atMost(LONGEST)
                .until(() -> poll(Map.of(FIRST, List.of(of(schemaId)))).count() == 1);
    }

    @Test
    void shouldLeaveWhatNeedsAnUnknownSchemaAndAllBehindItInItsPartitionWhenTheRegistryIsAway() {
        // Given
        know(old);
        registry.failNext(Integer.MAX_VALUE);

        // When
        ConsumerRecords<byte[], byte[]> ready =
                poll(Map.of(FIRST, List.of(of(old), of(next), of(old)), SECOND, List.of(of(old), of(old))));

        // Then
        assertThat(ready.records(FIRST)).extracting(ConsumerRecord::offset).containsExactly(0L);
        assertThat(ready.records(SECOND)).hasSize(2);
        OffsetAndMetadata second = new OffsetAndMetadata(1, Optional.empty(), "");
        assertThat(sought).containsExactly(Map.entry(FIRST, second));
        assertThat(ready.nextOffsets())
                .containsOnly(Map.entry(FIRST, second), Map.entry(SECOND, new OffsetAndMetadata(2)));
    }

    @Test
    void shouldHandOutWhatWasLeftWhenTheRegistryIsBack() {
        // Given
        registry.failNext(3);

        // When
        know(next);

        // Then
        assertThat(sought).isEmpty();
    }

    @Test
    void shouldHandOutWhatNoSchemaWillEverBeFoundOf() {
        // Given
        byte[] noRecord = {7};

        // When
        know(99);

        // Then
        assertThat(poll(Map.of(FIRST, List.of(of(99), noRecord))).count()).isEqualTo(2);
    }

    @Test
    void shouldAskNothingOfTopicsThatAreNotInTheWireFormat() {
        // Given
        registry.failNext(Integer.MAX_VALUE);

        // When
        ConsumerRecords<byte[], byte[]> ready = poll(Map.of(INTERNAL, List.of(of(next))));

        // Then
        assertThat(ready.count()).isOne();
    }
}
