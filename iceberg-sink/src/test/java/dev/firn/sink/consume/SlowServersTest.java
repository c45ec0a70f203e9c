package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.registry.RegistryUnavailableException;
import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Window;
import dev.firn.sink.commit.WindowEnd;
import dev.firn.sink.quarantine.Rejects;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.write.WrittenFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane whose commits take longer than its interval, or whose servers are away. */
class SlowServersTest {
    private static final TopicPartition PARTITION = new TopicPartition("raw.a", 0);
    private static final Source SOURCE = new Source("raw.a", 0);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WHILE = Duration.ofMinutes(10);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FULL = 20;
    /** For some records that are rejected, fewer than make a window full. */
    private static final int MEMORY = 8_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final SimChaos calm = new SimChaos();
    private final SimTopics topics = new SimTopics(List.of(PARTITION));
    private final SimFeed feed = new SimFeed(topics, random);
    private final List<Window> handedOver = new ArrayList<>();
    private boolean registryIsAway;
    private boolean catalogIsAway;
    private Instant now = BEGIN;
    private final Lane lane = lane();

    private Lane lane() {
        SimFiles files = new SimFiles(random, calm, Clock.systemUTC());
        SimStore store = new SimStore(random, calm, files);
        AtomicLong held = new AtomicLong();
        return new Lane(
                new LaneDesk(
                        topic -> new Target(SimInstance.table(topic), TableKind.PLAIN),
                        positions(new LedgerPositions(
                                store,
                                SimInstance.QUARANTINE,
                                (source, from, topicId) -> Set.of(),
                                new SimRegister(store))),
                        topics::origins,
                        target -> registryIsAway
                                ? new WithoutRegistry()
                                : files.open(target.table(), held, () -> store.create(target.table())),
                        () -> new Rejects(files::write, held::addAndGet),
                        handedOver::add,
                        new WindowLimits(INTERVAL, Long.MAX_VALUE, FULL, MEMORY),
                        held::get,
                        StartAt.EARLIEST,
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), random),
                        (done, atMost) -> done.getAsBoolean(),
                        Duration.ZERO,
                        Duration.ZERO,
                        clock()),
                feed);
    }

    @BeforeEach
    void commitFirstWindow() {
        calm.off();
        feed.assign(PARTITION, lane);
        produceAndTake(5);
        now = now.plus(INTERVAL);
        lane.step();
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void shouldFillOneWindowForLongerWhenCommitTakesLongerThanInterval() {
        // When
        produceAndTake(5);
        now = now.plus(INTERVAL.multipliedBy(3));
        produceAndTake(6);

        // Then
        assertThat(feed.position(PARTITION)).as("goes on reading").isEqualTo(16);
        assertThat(handedOver).as("nothing queues").hasSize(1);
        settleFirst();
        assertThat(handedOver).hasSize(2);
        assertThat(ranges(handedOver.get(1))).containsExactly(new OffsetRange(SOURCE, 5, 16, 11, 0));
    }

    @Test
    void shouldPausePartitionWhenNextWindowIsFull() {
        // When
        produceAndTake(FULL * 3);

        // Then
        assertThat(feed.position(PARTITION)).isBetween(5L + FULL, 5L + FULL + 6);
        assertThat(handedOver).hasSize(1);
        settleFirst();
        assertThat(handedOver).hasSize(2);
    }

    @Test
    void shouldReadNoMoreWhenRejectsOfAWindowOnItsWayFillTheMemory() {
        // Given
        settleFirst();

        // When
        produceAndTake(FULL * 3, SimTopics.BAD);

        // Then
        assertThat(handedOver).hasSize(2);
        assertThat(feed.position(PARTITION)).isLessThan(5L + FULL + 6);
        handedOver.get(1).rejects().complete();
        produceAndTake(0);
        assertThat(feed.position(PARTITION)).as("goes on when they are written").isGreaterThan(5L + FULL + 6);
    }

    @Test
    void shouldWaitSinceItsWindowWasOpenedWhenThatIsNotCommitted() {
        // When
        now = now.plus(WHILE);
        lane.step();

        // Then
        assertThat(waitsSince()).contains(BEGIN);
        settleFirst();
        assertThat(waitsSince()).isEmpty();
    }

    @Test
    void shouldWaitAndCommitNothingWhenTheRegistryIsAwayAtAWindowsFirstRecord() {
        // Given
        settleFirst();
        Instant begin = now;
        registryIsAway = true;

        // When
        produceAndTake(5);
        now = now.plus(WHILE);
        lane.step();

        // Then
        assertThat(waitsSince()).contains(begin);
        assertThat(handedOver).as("nothing was taken").hasSize(1);
        registryIsAway = false;
        now = now.plus(INTERVAL);
        produceAndTake(0);
        now = now.plus(INTERVAL);
        lane.step();
        assertThat(ranges(handedOver.get(1))).containsExactly(new OffsetRange(SOURCE, 5, 10, 5, 0));
    }

    @Test
    void shouldWaitSinceTheFirstTryWhenTheCatalogCanNotBeAsked() {
        // Given
        settleFirst();
        Instant begin = now;
        catalogIsAway = true;
        feed.lose(PARTITION, lane);
        feed.assign(PARTITION, lane);

        // When
        lane.step();
        now = now.plus(WHILE);
        lane.step();

        // Then
        assertThat(waitsSince()).contains(begin);
    }

    @Test
    void shouldWaitSinceTheFirstWindowWhenEachIsDropped() {
        // When
        int dropped = 0;
        for (int step = 0; step < 300; step++) {
            if (dropped < handedOver.size()) {
                handedOver.get(dropped++).reply().accept(new WindowEnd.Dropped("no storage"));
            }
            lane.step();
            now = now.plusSeconds(2);
        }

        // Then
        assertThat(dropped).isGreaterThan(20);
        assertThat(waitsSince()).contains(BEGIN);
    }

    private Optional<Instant> waitsSince() {
        return lane.status().tables().get(0).waitsSince();
    }

    private Positions positions(Positions real) {
        return (table, sources, owner) -> {
            if (catalogIsAway) {
                throw new IllegalStateException("no catalog");
            }
            return real.of(table, sources, owner);
        };
    }

    private void produceAndTake(int records) {
        produceAndTake(records, SimTopics.GOOD);
    }

    private void produceAndTake(int records, byte kind) {
        for (int i = 0; i < records; i++) {
            topics.log(PARTITION).add(kind);
        }
        for (int i = 0; i < 100; i++) {
            lane.step();
        }
    }

    private void settleFirst() {
        handedOver.get(0).reply().accept(new WindowEnd.Held(OptionalLong.of(1), now));
        lane.step();
    }

    private static List<OffsetRange> ranges(Window window) {
        return window.advance().ranges();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private static final class WithoutRegistry implements RecordFiles {
        @Override
        public void write(ConsumerRecord<byte[], byte[]> record) {
            throw new RegistryUnavailableException("away");
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public long held() {
            return 0;
        }

        @Override
        public OptionalLong maxEventTimeMicros(TopicPartition partition) {
            return OptionalLong.empty();
        }

        @Override
        public WrittenFiles complete() {
            return new WrittenFiles(List.of(), 0, 0, 0);
        }

        @Override
        public void abort() {
            // nothing was written
        }
    }
}
