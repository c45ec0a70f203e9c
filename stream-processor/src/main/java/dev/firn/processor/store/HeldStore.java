package dev.firn.processor.store;

import java.util.ArrayList;
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
 * each write. Iterators show the entries of the moment that they were made in.
 *
 * <p>Kafka Streams' own cache does the same for records of an application that also forwards them; it keeps them in order,
 * and by their age, and that costs several times as much.
 */
final class HeldStore extends WrappedStateStore<KeyValueStore<byte[], byte[]>, byte[], byte[]>
        implements KeyValueStore<byte[], byte[]> {
    /** Of an entry's objects. */
    private static final int OVERHEAD = 160;

    /** The entry of a key; one without a value is known not to be there, or to be deleted. */
    private static final class Held {
        private byte @Nullable [] value;
        private boolean changed;

        Held(byte @Nullable [] value) {
            this.value = value;
        }
    }

    private final Map<Bytes, Held> held = new HashMap<>();
    private final List<Bytes> changed = new ArrayList<>();
    private HeldMemory.@Nullable Part memory;
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable ProcessorRecordContext cause;

    HeldStore(KeyValueStore<byte[], byte[]> beneath) {
        super(beneath);
    }

    @Override
    public void init(StateStoreContext stateContext, StateStore root) {
        context = stateContext instanceof InternalProcessorContext<?, ?> internal ? internal : null;
        memory = HeldMemory.of(stateContext.appConfigs()).part();
        super.init(stateContext, root);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        Bytes name = Bytes.wrap(key);
        Held there = held.get(name);
        return there == null ? read(name) : there.value;
    }

    private byte @Nullable [] read(Bytes key) {
        byte[] value = wrapped().get(key.get());
        hold(key, value);
        return value;
    }

    private Held hold(Bytes key, byte @Nullable [] value) {
        if (memory().isTooMuch()) {
            letGo();
        }
        Held entry = new Held(value);
        held.put(key, entry);
        memory().add(OVERHEAD + key.get().length + length(value));
        return entry;
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
        Bytes name = Bytes.wrap(key);
        Held entry = held.get(name);
        if (entry == null) {
            entry = hold(name, value);
        } else {
            memory().add(length(value) - length(entry.value));
            entry.value = value;
        }
        if (!entry.changed) {
            entry.changed = true;
            changed.add(name);
        }
        cause = context == null ? null : context.recordContext();
    }

    @Override
    public byte @Nullable [] putIfAbsent(byte[] key, byte @Nullable [] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(byte[] key) {
        byte[] before = get(key);
        put(key, null);
        return before;
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte @Nullable [] from, byte @Nullable [] to) {
        write();
        return wrapped().range(from, to);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> reverseRange(byte @Nullable [] from, byte @Nullable [] to) {
        write();
        return wrapped().reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        write();
        return wrapped().all();
    }

    @Override
    public KeyValueIterator<byte[], byte[]> reverseAll() {
        write();
        return wrapped().reverseAll();
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<byte[], byte[]> prefixScan(P prefix, S serializer) {
        write();
        return wrapped().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        write();
        return wrapped().approximateNumEntries();
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
        for (Bytes key : changed) {
            Held entry = Objects.requireNonNull(held.get(key), "what has changed is held");
            wrapped().put(key.get(), entry.value);
            entry.changed = false;
        }
        changed.clear();
    }

    private HeldMemory.Part memory() {
        return Objects.requireNonNull(memory, "init comes first");
    }

    private static int length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
