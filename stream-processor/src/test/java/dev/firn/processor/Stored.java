package dev.firn.processor;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.store.Form;
import dev.firn.processor.store.HeldMemory;
import dev.firn.processor.store.HeldStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' stores, by themselves. */
public final class Stored {
    /** So few bytes that stores let go of entries, too. */
    private static final long HELD = 100_000;

    private Stored() {}

    public static KeyValueStore<byte[], byte[]> inMemory(Path dir, String name) {
        return opened(Stores.inMemoryKeyValueStore(name), dir);
    }

    public static KeyValueStore<byte[], byte[]> inRocksDb(Path dir, String name) {
        return opened(Stores.persistentKeyValueStore(name), dir);
    }

    /** One that holds entries while they grow. */
    public static KeyValueStore<byte[], Packer> growing(Path dir, String name) {
        return opened(new HeldStores<>(builder(Stores.inMemoryKeyValueStore(name)), Form.GROWING), dir);
    }

    /** The same, over RocksDB. */
    public static KeyValueStore<byte[], Packer> growingInRocksDb(Path dir, String name) {
        return opened(new HeldStores<>(builder(Stores.persistentKeyValueStore(name)), Form.GROWING), dir);
    }

    private static KeyValueStore<byte[], byte[]> opened(KeyValueBytesStoreSupplier supplier, Path dir) {
        return opened(builder(supplier), dir);
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled();
    }

    private static <V> KeyValueStore<byte[], V> opened(StoreBuilder<KeyValueStore<byte[], V>> builder, Path dir) {
        KeyValueStore<byte[], V> store = builder.build();
        Properties config = new Properties();
        config.put(HeldMemory.CONFIG, new HeldMemory(HELD));
        var context = new MockProcessorContext<Void, Void>(config, new TaskId(0, 0), dir.toFile());
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    public static <V> List<KeyValue<byte[], V>> content(KeyValueStore<byte[], V> store) {
        List<KeyValue<byte[], V>> content = new ArrayList<>();
        try (KeyValueIterator<byte[], V> all = store.all()) {
            all.forEachRemaining(content::add);
        }
        return content;
    }
}
