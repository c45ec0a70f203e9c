package dev.firn.processor.store;

import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds stores that hold their entries in memory between commits, above those of another builder.
 *
 * @param <V> values in memory
 */
public final class HeldStores<V> implements StoreBuilder<KeyValueStore<byte[], V>> {
    private final StoreBuilder<KeyValueStore<byte[], byte[]>> beneath;
    private final Form<V> form;

    /** @param beneath of stores that don't cache */
    public HeldStores(StoreBuilder<KeyValueStore<byte[], byte[]>> beneath, Form<V> form) {
        this.beneath = beneath;
        this.form = form;
    }

    @Override
    public KeyValueStore<byte[], V> build() {
        return new HeldStore<>(beneath.build(), form);
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], V>> withCachingEnabled() {
        throw new UnsupportedOperationException("a store holds its entries or caches them");
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], V>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], V>> withLoggingEnabled(Map<String, String> config) {
        beneath.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<byte[], V>> withLoggingDisabled() {
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
