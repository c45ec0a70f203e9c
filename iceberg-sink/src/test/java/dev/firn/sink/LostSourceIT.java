package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firn.sink.commit.Decision;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.NothingToDecideException;
import dev.firn.sink.commit.Span;
import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.reconcile.Report;
import dev.firn.topic.TopicLeaders;
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
        test.produce(topic, List.of(new byte[] {9}));
        produce(topic, 0, 100);
        produce(other, 0, 10);
        test.awaitRows(table(topic), 100);
        Ledger before = ledger(topic);

        // When
        recreate(topic);
        test.produce(topic, List.of(new byte[] {9}));
        produce(topic, 1_000, 149);

        // Then
        awaitState(sink, topic, "SOURCE_RECREATED");
        produce(other, 10, 10);
        test.awaitRows(table(other), 20);
        assertThat(test.count(table(topic))).isEqualTo(100);
        assertThat(ledger(topic)).isEqualTo(before);
        assertThat(before.cluster()).isPresent();
        assertThat(before.topicIds()).containsOnlyKeys(topic);

        // and goes on when it is told to, with a bad record where the former topic had one
        assertThatThrownBy(() -> sink.decide(table(topic), Decision.Kind.SKIP_LOST_RECORDS, "jane"))
                .isInstanceOf(NothingToDecideException.class);
        sink.decide(table(topic), Decision.Kind.ACCEPT_NEW_SOURCE, "jane");
        test.awaitRows(table(topic), 249);
        assertThat(test.rows(table(topic)).stream().filter(row -> (Long) row.getField("n") >= 1_000))
                .hasSize(149);
        assertThat(test.rows(test.quarantine)).hasSize(2);
        assertThat(ledger(topic).decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.by()).isEqualTo("jane");
            assertThat(decision.spans().values()).containsExactly(new Span(0, 101));
        });
        assertThat(test.reconcile(table(topic)).faults()).isEmpty();
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

        // and goes on when it is told to
        second.decide(table(topic), Decision.Kind.SKIP_LOST_RECORDS, "jane");
        test.awaitRows(table(topic), 150);
        test.requireOnce(table(topic), 150);
        Report report = test.reconcile(table(topic));
        assertThat(report.faults()).isEmpty();
        assertThat(report.sources())
                .singleElement()
                .satisfies(source -> assertThat(source.skipped()).isEqualTo(50));
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
    void shouldMissADroppedTableAfterARestartAndStartOverWhenToldTo() {
        // Given
        String topic = test.topic("restarted", 1);
        Sink first = test.start();
        produce(topic, 0, 100);
        test.awaitRows(table(topic), 100);
        first.close();

        // When
        test.catalog.dropTable(table(topic), false);
        Sink second = test.start();

        // Then
        awaitState(second, topic, "TABLE_DROPPED");
        second.decide(table(topic), Decision.Kind.START_OVER, "jane");
        test.awaitRows(table(topic), 100);
        test.requireOnce(table(topic), 100);
        assertThat(Ledgers.of(test.catalog.loadTable(test.quarantine)).decisions())
                .extracting(Decision::table)
                .containsExactly(topic);
        assertThat(test.reconcile(table(topic)).faults()).isEmpty();
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
            TopicLeaders.await(admin, List.of(topic));
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
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(sink.lanes().stream()
                                .flatMap(lane -> lane.sources().stream())
                                .filter(source -> source.source().topic().equals(topic))
                                .map(LaneStatus.OfSource::state))
                        .containsOnly(state));
    }
}
