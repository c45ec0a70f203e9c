package dev.firn.processor.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Holds entries as they are, and writes those that have changed to the store beneath, and so to its changelog, once per
 * commit: Kafka Streams tells stores that cache when it is about to commit a task, before its transaction ends. Each read sees
 * each write. Iterators show the entries of the moment that they were made in. A value is made bytes when it is written, so
 * one that was put and can change, and does, must be put again.
 *
 * <p>Kafka Streams' own cache does the same for records of an application that also forwards them; it keeps them in order,
 * and by their age, and that costs several times as much.
 */
final class HeldStore<V> extends WrappedStateStore<KeyValueStore<byte[], byte[]>, byte[], V>
        implements KeyValueStore<byte[], V> {
    /** Of an entry's objects. */
    private static final int OVERHEAD = 160;

    /** The entry of a key; one without a value is known not to be there, or to be deleted. */
    private static final class Held<V> {
        private final Bytes key;
        private @Nullable V value;
        private int size;
        private boolean changed;

        Held(Bytes key) {
            this.key = key;
        }
    }

    private final Form<V> form;
    private final Map<Bytes, Held<V>> held = new HashMap<>();
    private final List<Held<V>> changed = new ArrayList<>();
    /** That was asked for or put last: often the next, too. */
    private @Nullable Held<V> last;

    private HeldMemory.@Nullable Part memory;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorRecordContext cause;

    HeldStore(KeyValueStore<byte[], byte[]> beneath, Form<V> form) {
        super(beneath);
        this.form = form;
    }

    @Override
    public void init(StateStoreContext stateContext, StateStore root) {
        context = stateContext instanceof InternalProcessorContext<?, ?> internal ? internal : null;
        memory = HeldMemory.of(stateContext.appConfigs()).part();
        super.init(stateContext, root);
    }

    @Override
    public @Nullable V get(byte[] key) {
        Held<V> there = find(key);
        return there == null ? read(Bytes.wrap(key)) : there.value;
    }

    private @Nullable Held<V> find(byte[] key) {
        if (last == null || !Arrays.equals(last.key.get(), key)) {
            last = held.get(Bytes.wrap(key));
        }
        return last;
    }

    private @Nullable V read(Bytes key) {
        byte[] bytes = wrapped().get(key.get());
        V value = bytes == null ? null : form.value(bytes);
        set(hold(key), value);
        return value;
    }

    private Held<V> hold(Bytes key) {
        if (memory().isTooMuch()) {
            letGo();
        }
        Held<V> entry = new Held<>(key);
        held.put(key, entry);
        memory().add(OVERHEAD + key.get().length);
        last = entry;
        return entry;
    }

    private void set(Held<V> entry, @Nullable V value) {
        int size = value == null ? 0 : form.size(value);
        memory().add(size - entry.size);
        entry.size = size;
        entry.value = value;
    }

    @Override
    public void put(byte[] key, @Nullable V value) {
        Held<V> there = find(key);
        Held<V> entry = there == null ? hold(Bytes.wrap(key)) : there;
        set(entry, value);
        if (!entry.changed) {
            entry.changed = true;
            changed.add(entry);
        }
        cause = context == null ? null : context.recordContext();
    }

    @Override
    public @Nullable V putIfAbsent(byte[] key, @Nullable V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<byte[], V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(byte[] key) {
        V before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<byte[], V> range(byte @Nullable [] from, byte @Nullable [] to) {
        return values(written().range(from, to));
    }

    @Override
    public KeyValueIterator<byte[], V> reverseRange(byte @Nullable [] from, byte @Nullable [] to) {
        return values(written().reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<byte[], V> all() {
        return values(written().all());
    }

    @Override
    public KeyValueIterator<byte[], V> reverseAll() {
        return values(written().reverseAll());
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<byte[], V> prefixScan(P prefix, S serializer) {
        return values(written().prefixScan(prefix, serializer));
    }

    @Override
    public long approximateNumEntries() {
        return written().approximateNumEntries();
    }

    private KeyValueStore<byte[], byte[]> written() {
        write();
        return wrapped();
    }

    private KeyValueIterator<byte[], V> values(KeyValueIterator<byte[], byte[]> entries) {
        return new FormIterator<>(entries, form);
    }

    /** Before the task's transaction is committed. */
    @Override
    public void flushCache() {
        write();
        super.flushCache();
    }

    /** What is held is no longer what the store is about to be. */
    @Override
    public void clearCache() {
        forget();
        super.clearCache();
    }

    @Override
    public void close() {
        if (memory != null) {
            forget();
            memory.close();
            memory = null;
        }
        super.close();
    }

    private void letGo() {
        write();
        forget();
    }

    private void forget() {
        held.clear();
        changed.clear();
        last = null;
        memory().clear();
    }

    /** As if the last record that changed something changed it now: by then it may be another's turn, or nobody's. */
    private void write() {
        if (changed.isEmpty()) {
            return;
        }
        if (context == null) {
            writeChanged();
            return;
        }
        ProcessorRecordContext current = context.recordContext();
        context.setRecordContext(cause);
        try {
            writeChanged();
        } finally {
            context.setRecordContext(current);
        }
    }

    private void writeChanged() {
        for (Held<V> entry : changed) {
            wrapped().put(entry.key.get(), entry.value == null ? null : form.bytes(entry.value));
            entry.changed = false;
            if (entry.value == null) {
                drop(entry);
            }
        }
        changed.clear();
        last = null;
    }

    /** What is deleted is hardly asked for again, and would crowd out what is. */
    private void drop(Held<V> entry) {
        held.remove(entry.key);
        memory().add(-OVERHEAD - entry.key.get().length);
    }

    private HeldMemory.Part memory() {
        return Objects.requireNonNull(memory, "init comes first");
    }
}
