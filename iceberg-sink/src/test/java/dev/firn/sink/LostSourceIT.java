package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.consume.LaneStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topics and tables that are no longer what they were. */
class LostSourceIT {
    private final TestSink test = new TestSink();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", TestSink.STACK.bootstrapServers()));

    @AfterEach
    void close() {
        admin.close();
        test.close();
    }

    @Test
    void shouldStopOneTableWhenItsTopicIsMadeAnewThoughItsOffsetsFit() throws Exception {
        // Given
        String topic = test.topic("recreated", 1);
        String other = test.topic("other", 1);
        Sink sink = test.start();
        produce(topic, 0, 100);
        produce(other, 0, 10);
        test.awaitRows(table(topic), 100);
        Ledger before = ledger(topic);

        // When
        recreate(topic);
        produce(topic, 1_000, 150);

        // Then
        awaitState(sink, topic, "SOURCE_RECREATED");
        produce(other, 10, 10);
        test.awaitRows(table(other), 20);
        test.requireOnce(table(topic), 100);
        assertThat(ledger(topic)).isEqualTo(before);
        assertThat(before.cluster()).isPresent();
        assertThat(before.topicIds()).containsOnlyKeys(topic);
    }

    @Test
    void shouldStopOneTableWhenRetentionHasPassedItsLedger() throws Exception {
        // Given
        String topic = test.topic("truncated", 1);
        String other = test.topic("other", 1);
        Sink first = test.start();
        produce(topic, 0, 100);
        test.awaitRows(table(topic), 100);
        first.close();

        // When
        produce(topic, 100, 100);
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(150)))
                .all()
                .get();
        Sink second = test.start();
        produce(other, 0, 10);

        // Then
        awaitState(second, topic, "SOURCE_TRUNCATED");
        test.awaitRows(table(other), 10);
        test.requireOnce(table(topic), 100);
    }

    @Test
    void shouldStopOneTableUntilItIsBackWhenItIsDroppedAndWhenItIsReplaced() {
        // Given
        String topic = test.topic("dropped", 1);
        String other = test.topic("other", 1);
        Sink sink = test.start();
        produce(topic, 0, 100);
        test.awaitRows(table(topic), 100);
        String metadata = test.metadataLocation(table(topic));

        // When
        test.catalog.dropTable(table(topic), false);
        produce(topic, 100, 10);

        // Then
        awaitState(sink, topic, "TABLE_DROPPED");
        test.catalog.createTable(
                table(topic), new Schema(Types.NestedField.optional(1, "text", Types.StringType.get())));
        awaitState(sink, topic, "TABLE_REPLACED");
        produce(other, 0, 10);
        test.awaitRows(table(other), 10);
        assertThat(test.count(table(topic))).isZero();
        test.catalog.dropTable(table(topic), false);
        test.catalog.registerTable(table(topic), metadata);
        test.awaitRows(table(topic), 110);
        test.requireOnce(table(topic), 110);
    }

    @Test
    void shouldHoldWhatANewPartitionHeldBeforeItWasNoticedWhenTheTopicGrows() throws Exception {
        // Given
        String topic = test.topic("grown", 1);
        Sink first = test.start();
        produce(topic, 0, 10);
        test.awaitRows(table(topic), 10);
        first.close();

        // When
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        produce(topic, 10, 300);
        test.startLatest();
        test.awaitRows(table(topic), 310);

        // Then
        test.requireOnce(table(topic), 310);
    }

    private void recreate(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().ignoreExceptions().until(() -> {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            return true;
        });
    }

    private static TableIdentifier table(String topic) {
        return TableIdentifier.parse(topic);
    }

    private Ledger ledger(String topic) {
        return Ledgers.of(test.catalog.loadTable(table(topic)));
    }

    private void produce(String topic, int from, int count) {
        test.produce(topic, Events.values(test.registry, topic, from, count));
    }

    private static void awaitState(Sink sink, String topic, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sink.lanes().stream()
                                .flatMap(lane -> lane.sources().stream())
                                .filter(source -> source.source().topic().equals(topic))
                                .map(LaneStatus.OfSource::state))
                        .containsOnly(state));
    }
}
