package dev.firn.processor;

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
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' stores, by themselves. */
public final class Stored {
    private Stored() {}

    public static KeyValueStore<byte[], byte[]> inMemory(Path dir, String name) {
        return opened(Stores.inMemoryKeyValueStore(name), dir);
    }

    public static KeyValueStore<byte[], byte[]> inRocksDb(Path dir, String name) {
        return opened(Stores.persistentKeyValueStore(name), dir);
    }

    private static KeyValueStore<byte[], byte[]> opened(KeyValueBytesStoreSupplier supplier, Path dir) {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        supplier, Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 0), dir.toFile());
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    public static List<KeyValue<byte[], byte[]>> content(KeyValueStore<byte[], byte[]> store) {
        List<KeyValue<byte[], byte[]>> content = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            all.forEachRemaining(content::add);
        }
        return content;
    }
}
