package dev.firn.processor.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import dev.firn.processor.quarantine.Source;
import dev.firn.quarantine.Replay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {
    private static final long PATIENCE = 300;
    private static final long CURRENT = 1;

    @TempDir
    private Path dir;

    private final AtomicLong total = new AtomicLong();
    private final Arrivals arrivals = new Arrivals(8);
    private final Join join = new Join();
    private KeyValueStore<byte[], byte[]> store;
    private Waiting waiting;
    private long nanos;

    /** A record refers to two entities, which its value names: {@code C1 P2}. */
    private final class Join implements Waiting.Visitor {
        private final Set<String> there = new HashSet<>();
        private final List<Long> sent = new ArrayList<>();
        private final List<String> givenUp = new ArrayList<>();
        private int visits;

        @Override
        public @Nullable Missing visit(Source source) {
            visits++;
            nanos += 1_000;
            Missing missing = missing(text(source));
            if (missing == null) {
                sent.add(source.offset());
            }
            return missing;
        }

        @Nullable
        Missing missing(String references) {
            for (String each : references.split(" ", -1)) {
                if (!there.contains(each)) {
                    return new Missing(each, awaited(each));
                }
            }
            return null;
        }

        @Override
        public void giveUp(Source source, Missing missing) {
            givenUp.add(source.offset() + " " + missing.field());
        }

        void arrive(String reference) {
            there.add(reference);
            arrivals.add(awaited(reference));
        }
    }

    private static Bytes awaited(String reference) {
        return Bytes.wrap(reference.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Source source) {
        return new String(source.value(), StandardCharsets.UTF_8);
    }

    @BeforeEach
    void begin() {
        store = Stored.inMemory(dir, "waiting");
        waiting = new Waiting(store, arrivals, total);
    }

    private void add(long offset, long now, String references) {
        add(offset, now, references, join.missing(references));
    }

    private void add(long offset, long now, String references, @Nullable Missing missing) {
        byte[] value = references.getBytes(StandardCharsets.UTF_8);
        waiting.add(
                new Source("t", 0, offset, now, null, value, new RecordHeaders()),
                now,
                missing == null ? null : missing.awaited());
    }

    private void look(long now) {
        look(now, CURRENT, Duration.ofDays(1));
    }

    /** All that came until then has been taken in. */
    private void look(long until, long currentSince, Duration slice) {
        waiting.look(new Waiting.Now(currentSince, until - PATIENCE), Slice.of(slice, () -> nanos), join);
    }

    @Test
    void shouldGrowShorterWithEachThatComesOnceTheFirstMayGoOn() {
        // Given
        for (int offset = 0; offset < 10; offset++) {
            add(offset, 100, "C1");
        }
        Waiting.Now now = new Waiting.Now(CURRENT, 0);
        waiting.lookAtFirst(now, join);
        waiting.lookAtFirst(now, join);
        int inVain = join.visits;
        join.arrive("C1");

        // When
        for (int offset = 10; offset < 20; offset++) {
            waiting.lookAtFirst(now, join);
            add(offset, 100, "C1");
        }

        // Then
        assertThat(inVain).isOne();
        assertThat(join.sent).hasSize(19).isSorted();
    }

    @Test
    void shouldKeepTheOrderWhenOneThatComesBackHasALesserPlace() {
        // Given
        add(5, 100, "C1");
        waiting.lookAtFirst(new Waiting.Now(CURRENT, 0), join);
        byte[] value = "C2".getBytes(StandardCharsets.UTF_8);
        String retry = Replay.processorTopic("t");
        waiting.add(new Source(retry, 0, 7, 100, null, value, new RecordHeaders()), 100, awaited("C2"));

        // When
        join.arrive("C1");
        join.arrive("C2");
        waiting.lookInOrder(new Waiting.Now(CURRENT, 0), Slice.of(Duration.ofDays(1), () -> nanos), join);

        // Then
        assertThat(join.sent).containsExactly(7L, 5L);
    }

    @Test
    void shouldKeepBothWhenARecordComesBackWithTheOffsetOfAnother() {
        // Given
        byte[] value = "C1".getBytes(StandardCharsets.UTF_8);
        for (String topic : List.of("raw.t", Replay.processorTopic("raw.t"))) {
            waiting.add(new Source(topic, 0, 5, 0, null, value, new RecordHeaders()), 0, awaited("C1"));
        }

        // When
        join.arrive("C1");
        look(1);

        // Then
        assertThat(join.sent).containsExactly(5L, 5L);
        assertThat(total).hasValue(0);
    }

    @Test
    void shouldWakeOnlyThoseWhoWaitForWhatArrived() {
        // Given
        for (int i = 0; i < 10_000; i++) {
            add(i, 10, i % 1_000 == 0 ? "C1 P1" : "C2 P1");
        }
        look(20);
        join.visits = 0;

        // When
        look(21);
        int visitsWithoutArrival = join.visits;
        join.arrive("P1");
        look(22);
        int visitsWithOtherArrival = join.visits;
        join.arrive("C1");
        look(23);

        // Then
        assertThat(visitsWithoutArrival).isZero();
        assertThat(visitsWithOtherArrival).isZero();
        assertThat(join.visits).isEqualTo(10);
        assertThat(join.sent)
                .hasSize(10)
                .allSatisfy(offset -> assertThat(offset % 1_000).isZero());
        assertThat(total.get()).isEqualTo(9_990);
    }

    @Test
    void shouldWaitForTheNextThingWhenOneHasArrived() {
        // Given
        add(7, 10, "C1 P1");
        look(20);

        // When
        join.arrive("C1");
        look(21);
        int sentEarly = join.sent.size();
        join.arrive("P1");
        look(22);

        // Then
        assertThat(sentEarly).isZero();
        assertThat(join.sent).containsExactly(7L);
        assertThat(Stored.content(store)).isEmpty();
    }

    @Test
    void shouldLookAtAllWhenArrivalsWereMissed() {
        // Given
        add(7, 10, "C1");
        look(20);
        join.arrive("C1");

        // When
        for (int i = 0; i < 8; i++) {
            join.arrive("X" + i);
        }
        look(21);

        // Then
        assertThat(join.sent).containsExactly(7L);
    }

    @Test
    void shouldLookAtAllWhenReferencesAreCurrentAgain() {
        // Given
        join.there.add("C1");
        add(7, 10, "C1", null);
        add(8, 10, "C2", null);

        // When
        look(20, 15, Duration.ofDays(1));

        // Then
        assertThat(join.sent).containsExactly(7L);
        assertThat(total.get()).isEqualTo(1);
    }

    @Test
    void shouldTakeNoMoreThanItsTimeAndGoOnWhereItStopped() {
        // Given
        for (int i = 0; i < 1_000; i++) {
            add(i, 10, "C1");
        }
        join.arrive("C1");

        // When
        look(20, CURRENT, Duration.ofNanos(100_000));
        int first = join.sent.size();
        for (int i = 0; i < 20; i++) {
            look(21, CURRENT, Duration.ofNanos(100_000));
        }

        // Then
        assertThat(first).isBetween(100, 300);
        assertThat(join.sent).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(total.get()).isZero();
    }

    @Test
    void shouldGiveUpTheOldestWhenAllThatCameInTheirPatienceIsTakenIn() {
        // Given
        add(1, 100, "C1 P1");
        add(2, 101, "C2");

        // When
        look(100 + PATIENCE - 1);
        int early = join.givenUp.size();
        join.there.add("C1");
        look(100 + PATIENCE, 150, Duration.ofDays(1));
        int first = join.givenUp.size();
        look(101 + PATIENCE, 150, Duration.ofDays(1));

        // Then
        assertThat(early).isZero();
        assertThat(first).isEqualTo(1);
        assertThat(join.givenUp).containsExactly("1 P1", "2 C2");
        assertThat(Stored.content(store)).isEmpty();
    }

    /** Every record is sent at the look after all is there that it refers to, or given up when its time is over. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDoAsOneWhoLooksAtAllEachTime(long seed) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        Map<Long, String> expected = new TreeMap<>();
        Map<Long, Long> since = new TreeMap<>();
        long offset = 0;
        long currentSince = 1;
        long until = 0;

        for (long now = 10; now < 4_000; now++) {
            // When
            boolean behind = random.nextInt(600) == 0;
            for (int i = random.nextInt(3); i > 0; i--) {
                String references = "C" + random.nextInt(200) + " P" + random.nextInt(50);
                Missing missing = join.missing(references);
                if (missing != null || behind) {
                    add(offset, now, references, behind ? null : missing);
                    expected.put(offset, references);
                    since.put(offset++, now);
                    currentSince = behind ? now : currentSince;
                }
            }
            if (random.nextInt(20) == 0) {
                join.arrive(random.nextBoolean() ? "C" + random.nextInt(200) : "P" + random.nextInt(50));
            }
            if (random.nextInt(500) == 0) {
                waiting.close();
                waiting = new Waiting(store, arrivals, total);
            }
            int visited = join.sent.size() + join.givenUp.size();
            until = random.nextInt(20) == 0 ? now - random.nextInt((int) (now - until)) : until;
            look(until, currentSince, Duration.ofDays(1));

            // Then
            long enough = until - PATIENCE;
            int before = expected.size();
            expected.entrySet()
                    .removeIf(one ->
                            join.missing(one.getValue()) == null || since.getOrDefault(one.getKey(), 0L) <= enough);
            assertThat(total.get()).as("seed %d at %d", seed, now).isEqualTo(expected.size());
            assertThat(join.sent.size() + join.givenUp.size() - visited).isEqualTo(before - expected.size());
        }
        assertThat(join.sent).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        assertThat(join.givenUp).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }
}
