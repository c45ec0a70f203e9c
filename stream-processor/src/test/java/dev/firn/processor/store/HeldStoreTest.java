package dev.firn.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldStoreTest {
    @TempDir
    private Path dir;

    private final List<String> written = new ArrayList<>();
    private final List<String> read = new ArrayList<>();

    @Test
    void shouldWriteOnlyTheLastValueWhenCommitted() {
        // Given
        HeldStore<byte[]> store = held(Long.MAX_VALUE);
        store.put(bytes("a"), bytes("1"));
        store.put(bytes("b"), bytes("2"));
        store.put(bytes("a"), bytes("3"));
        store.delete(bytes("b"));
        assertThat(written).isEmpty();

        // When
        store.flushCache();
        store.flushCache();

        // Then
        assertThat(written).containsExactly("a=3", "b=null");
    }

    @Test
    void shouldSeeItsOwnChangesWhenNothingIsCommitted() {
        // Given
        HeldStore<byte[]> store = held(Long.MAX_VALUE);
        store.put(bytes("a"), bytes("1"));
        store.put(bytes("b"), bytes("2"));

        // When
        byte[] deleted = store.delete(bytes("a"));
        byte[] there = store.putIfAbsent(bytes("b"), bytes("3"));

        // Then
        assertThat(deleted).isEqualTo(bytes("1"));
        assertThat(there).isEqualTo(bytes("2"));
        assertThat(store.get(bytes("a"))).isNull();
        assertThat(Stored.content(store)).extracting(HeldStoreTest::text).containsExactly("b=2");
    }

    @Test
    void shouldForgetWhatIsNotCommittedWhenTheTaskLosesIt() {
        // Given
        HeldStore<byte[]> store = held(Long.MAX_VALUE);
        store.put(bytes("a"), bytes("1"));
        store.flushCache();
        store.put(bytes("a"), bytes("2"));

        // When
        store.clearCache();
        store.flushCache();

        // Then
        assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
        assertThat(written).containsExactly("a=1");
    }

    @Test
    void shouldLetGoOnlyOfMoreThanItsShareWhenAllAreOverTheBoundTogether() {
        // Given
        HeldMemory memory = new HeldMemory(100_000);
        HeldStore<byte[]> large = held(memory, "large");
        HeldStore<byte[]> small = held(memory, "small");
        small.put(bytes("s"), new byte[20_000]);
        large.put(bytes("l"), new byte[90_000]);
        assertThat(written).isEmpty();

        // When
        small.put(bytes("t"), bytes("1"));
        large.put(bytes("m"), bytes("2"));

        // Then
        assertThat(written).singleElement().asString().startsWith("l=");
    }

    @Test
    void shouldStillHoldWhatIsThereWhenMuchElseIsDeleted() {
        // Given
        HeldStore<byte[]> store = held(10_000);
        store.put(bytes("a"), bytes("1"));

        // When
        for (int i = 0; i < 1_000; i++) {
            store.put(bytes("k" + i), bytes("2"));
            store.delete(bytes("k" + i));
            store.flushCache();
        }

        // Then
        assertThat(store.get(bytes("a"))).isEqualTo(bytes("1"));
        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBeAsAMapWhateverItLetsGoOf(long seed) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        HeldStore<byte[]> store = held(10_000);
        TreeMap<String, String> expected = new TreeMap<>();

        // When
        for (int i = 0; i < 3_000; i++) {
            String key = "k" + (100 + random.nextInt(200));
            int what = random.nextInt(100);
            if (what < 50) {
                store.put(bytes(key), bytes("v" + i));
                expected.put(key, "v" + i);
            } else if (what < 70) {
                store.delete(bytes(key));
                expected.remove(key);
            } else if (what == 70) {
                store.flushCache();
            } else if (what == 71) {
                assertThat(content(store.range(bytes("k150"), bytes("k200"))))
                        .isEqualTo(expected.subMap("k150", true, "k200", true));
            } else {
                byte[] value = store.get(bytes(key));
                assertThat(value == null ? null : text(value)).isEqualTo(expected.get(key));
            }
        }

        // Then
        assertThat(content(store.all())).isEqualTo(expected);
    }

    @Test
    void shouldLogWithTheTimeOfTheRecordThatChangedItWhenCommitted() {
        // Given
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("keep", Keeping::new, "in")
                .addStateStore(
                        new HeldStores<>(
                                Stores.keyValueStoreBuilder(
                                                Stores.inMemoryKeyValueStore("kept"),
                                                Serdes.ByteArray(),
                                                Serdes.ByteArray())
                                        .withLoggingEnabled(Map.of()),
                                Form.BYTES),
                        "keep");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "held");
        config.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, config)) {
            // When
            driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(bytes("a"), bytes("1"), 42);

            // Then
            TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic(
                    "held-kept-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            assertThat(changelog.readRecordsToList())
                    .extracting(record -> text(record.value()) + " " + record.timestamp())
                    .containsExactly("11 42");
            assertThat(changelog.isEmpty()).isTrue();
        }
    }

    /** Changes the entry twice for each record. */
    private static final class Keeping extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            KeyValueStore<byte[], byte[]> store = context().getStateStore("kept");
            store.put(record.key(), record.value());
            store.put(record.key(), bytes(text(record.value()) + text(record.value())));
        }
    }

    /** Notes what is written beneath. */
    private final class Noting extends WrappedStateStore<KeyValueStore<byte[], byte[]>, byte[], byte[]>
            implements KeyValueStore<byte[], byte[]> {
        Noting(KeyValueStore<byte[], byte[]> wrapped) {
            super(wrapped);
        }

        @Override
        public void put(byte[] key, byte @Nullable [] value) {
            written.add(text(key) + "=" + (value == null ? null : text(value)));
            wrapped().put(key, value);
        }

        @Override
        public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void putAll(List<KeyValue<byte[], byte[]>> entries) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte @Nullable [] delete(byte[] key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            read.add(text(key));
            return wrapped().get(key);
        }

        @Override
        public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
            return wrapped().range(from, to);
        }

        @Override
        public KeyValueIterator<byte[], byte[]> all() {
            return wrapped().all();
        }

        @Override
        public long approximateNumEntries() {
            return wrapped().approximateNumEntries();
        }
    }

    private HeldStore<byte[]> held(long bytes) {
        return held(new HeldMemory(bytes), "store");
    }

    private HeldStore<byte[]> held(HeldMemory memory, String name) {
        Properties config = new Properties();
        config.put(HeldMemory.CONFIG, memory);
        var context = new MockProcessorContext<Void, Void>(config, new TaskId(0, 0), dir.toFile());
        HeldStore<byte[]> store = new HeldStore<>(
                new Noting(Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build()),
                Form.BYTES);
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static Map<String, String> content(KeyValueIterator<byte[], byte[]> entries) {
        Map<String, String> content = new TreeMap<>();
        try (entries) {
            entries.forEachRemaining(entry -> content.put(text(entry.key), text(entry.value)));
        }
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String text(KeyValue<byte[], byte[]> entry) {
        return text(entry.key) + "=" + text(entry.value);
    }
}
