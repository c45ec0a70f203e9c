package dev.firn.processor.store;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Entries with their values as they are in memory. */
final class FormIterator<V> implements KeyValueIterator<byte[], V> {
    private final KeyValueIterator<byte[], byte[]> entries;
    private final Form<V> form;

    FormIterator(KeyValueIterator<byte[], byte[]> entries, Form<V> form) {
        this.entries = entries;
        this.form = form;
    }

    @Override
    public byte[] peekNextKey() {
        return entries.peekNextKey();
    }

    @Override
    public boolean hasNext() {
        return entries.hasNext();
    }

    @Override
    public KeyValue<byte[], V> next() {
        KeyValue<byte[], byte[]> entry = entries.next();
        return KeyValue.pair(entry.key, form.value(entry.value));
    }

    @Override
    public void close() {
        entries.close();
    }
}
