package dev.firn.processor.store;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds stores that hold their entries in memory between commits, above those of another builder. */
public final class HeldStores implements StoreBuilder<KeyValueStore<byte[], byte[]>> {
    private final StoreBuilder<KeyValueStore<byte[], byte[]>> beneath;

    /** @param beneath of stores that don't cache */
    public HeldStores(StoreBuilder<KeyValueStore<byte[], byte[]>> beneath) {
        this.beneath = beneath;
    }

    @Override
    public KeyValueStore<byte[], byte[]> build() {
        return new HeldStore(beneath.build());
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], byte[]>> withCachingEnabled() {
        throw new UnsupportedOperationException("a store holds its entries or caches them");
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], byte[]>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], byte[]>> withLoggingEnabled(Map<String, String> config) {
        beneath.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], byte[]>> withLoggingDisabled() {
        beneath.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return beneath.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return beneath.loggingEnabled();
    }

    @Override
    public String name() {
        return beneath.name();
    }
}
