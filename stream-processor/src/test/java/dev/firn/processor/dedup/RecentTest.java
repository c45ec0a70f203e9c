package dev.firn.processor.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import dev.firn.processor.pack.Packer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentTest {
    private static final long HORIZON = 10_000;
    private static final long SMALLEST_FILTER = 1;

    @TempDir
    private Path dir;

    private int stores;

    private static final IdHash.Maker HASHES = new IdHash.Maker();

    /** What {@link Recent} must be like: remembers all that was new, for ever. */
    private static final class Model {
        private final Map<String, Long> lastNew = new HashMap<>();
        private long newest = Recent.NOTHING;

        boolean has(String id) {
            Long at = lastNew.get(id);
            return at != null && newest - at <= HORIZON;
        }

        void add(String id, long time) {
            newest = Math.max(newest, time);
            lastNew.put(id, newest);
        }
    }

    private KeyValueStore<byte[], byte[]> store() {
        return Stored.inMemory(dir, "store-" + stores++);
    }

    private KeyValueStore<byte[], Packer> log() {
        return Stored.growing(dir, "log-" + stores++);
    }

    private KeyValueStore<byte[], Packer> log(List<KeyValue<byte[], Packer>> content) {
        KeyValueStore<byte[], Packer> log = log();
        log.putAll(content);
        return log;
    }

    private KeyValueStore<byte[], byte[]> store(List<KeyValue<byte[], byte[]>> content) {
        KeyValueStore<byte[], byte[]> store = store();
        store.putAll(content);
        return store;
    }

    private static Recent recent(
            KeyValueStore<byte[], Packer> log, KeyValueStore<byte[], byte[]> index, long filterBytes) {
        Recent recent = new Recent(new Recent.Config(log, index, filterBytes));
        recent.reach(HORIZON);
        return recent;
    }

    /** With a filter of five blocks for some thousand ids, every look goes past it; with the other, hardly any. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 100000", "5, 100000", "6, 4000"})
    void shouldDoAsTheModelDoesThroughRestartsAndMoves(long seed, long filterBytes) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        Model model = new Model();
        KeyValueStore<byte[], Packer> log = log();
        KeyValueStore<byte[], byte[]> index = store();
        List<KeyValue<byte[], byte[]>> indexOfLongAgo = List.of();
        Recent recent = recent(log, index, filterBytes);
        long time = -30_000;

        for (int step = 0; step < 60_000; step++) {
            // When
            time += random.nextInt(1000) == 0 ? random.nextInt(30_000) : random.nextInt(4);
            String id = "id-" + (random.nextInt(10) == 0 ? random.nextInt(20) : random.nextInt(20_000));
            IdHash hash = HASHES.of(new Utf8(id));
            boolean seen = recent.has(hash, HORIZON);

            // Then
            assertThat(seen).as("step %d of seed %d", step, seed).isEqualTo(model.has(id));
            if (!seen) {
                long eventTime = time - random.nextInt(3000);
                recent.add(hash, eventTime);
                model.add(id, eventTime);
            }
            assertThat(recent.newest()).isEqualTo(model.newest);

            // And given, now and then, another life: here, elsewhere, or here again after a time elsewhere
            if (random.nextInt(1500) == 0) {
                switch (random.nextInt(4)) {
                    case 0 -> index = store();
                    case 1 -> index = store(indexOfLongAgo);
                    case 2 -> indexOfLongAgo = Stored.content(index);
                    default -> log = log(Stored.content(log));
                }
                recent = recent(log, index, filterBytes);
            }
        }
    }

    @Test
    void shouldKnowAnIdForExactlyAsLongAsIsAskedFor() {
        // Given
        Recent recent = recent(log(), store(), SMALLEST_FILTER);
        IdHash id = HASHES.of(new Utf8("id"));
        recent.add(id, 1_000);

        // When
        recent.pass(1_000 + HORIZON);

        // Then
        assertThat(recent.has(id, HORIZON)).isTrue();
        assertThat(recent.has(id, HORIZON - 1)).isFalse();
    }

    @Test
    void shouldKeepNoMoreThanTheHorizonNeeds() {
        // Given
        KeyValueStore<byte[], Packer> log = log();
        KeyValueStore<byte[], byte[]> index = store();
        Recent recent = recent(log, index, SMALLEST_FILTER);

        // When
        for (int i = 0; i < 100_000; i++) {
            recent.add(HASHES.of(new Utf8("id-" + i)), i * 10L);
        }

        // Then
        long idsInHorizon = HORIZON / 10;
        assertThat(Stored.content(log)).hasSizeLessThan((int) idsInHorizon / IdLog.CHUNK + 4);
        assertThat(Stored.content(index)).hasSizeBetween((int) idsInHorizon - IdLog.CHUNK, (int) idsInHorizon + 200);
    }

    @Test
    void shouldForgetAllInStepsWhenTimeLeaps() {
        // Given
        KeyValueStore<byte[], Packer> log = log();
        KeyValueStore<byte[], byte[]> index = store();
        Recent recent = recent(log, index, SMALLEST_FILTER);
        List<IdHash> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(HASHES.of(new Utf8("id-" + i)));
            recent.add(ids.get(i), 0);
        }
        long later = 100 * HORIZON;
        recent.add(HASHES.of(new Utf8("leap")), later);

        // When
        long still = ids.stream().filter(id -> recent.has(id, HORIZON)).count();
        for (int i = 0; i < 5_000; i++) {
            recent.add(HASHES.of(new Utf8("new-" + i)), later);
        }

        // Then
        assertThat(still).isZero();
        assertThat(Stored.content(index)).hasSizeLessThan(5_100);
    }

    @Test
    void shouldNeedNoMoreHeapWhenMoreIdsCome() {
        // Given
        KeyValueStore<byte[], Packer> log = Stored.growingInRocksDb(dir, "log");
        KeyValueStore<byte[], byte[]> index = Stored.inRocksDb(dir, "index");
        try {
            Recent recent = recent(log, index, 1 << 20);
            add(recent, 0, 1_000);
            long before = usedHeap();

            // When
            add(recent, 1_000, 400_000);

            // Then
            assertThat(recent.has(HASHES.of(new Utf8("id-5")), HORIZON)).isTrue();
            // at 5 bytes an id it would not hold
            assertThat(usedHeap() - before).isLessThan(2_000_000);
        } finally {
            index.close();
            log.close();
        }
    }

    private static void add(Recent recent, int from, int to) {
        for (int i = from; i < to; i++) {
            recent.add(HASHES.of(new Utf8("id-" + i)), 0);
        }
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
