package dev.firn.sink.parquet;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Strings of bytes, of any length or of a fixed one. */
final class BytesChunk extends DictionaryChunk {
    private final Buffers buffers;
    private final boolean isFixed;
    private final int fixedLength;
    private final ByteBounds bounds;
    private BytesDictionary dictionary;
    /** Which entries a page has, 1 for those. */
    private int[] seen;

    BytesChunk(ColumnDescriptor column, boolean hasBounds, Buffers buffers, int limit) {
        super(column, hasBounds, buffers, limit);
        this.buffers = buffers;
        this.isFixed = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        this.fixedLength = column.getPrimitiveType().getTypeLength();
        this.bounds = new ByteBounds(column.getPrimitiveType());
        this.dictionary = new BytesDictionary(buffers);
        this.seen = buffers.ints(0);
    }

    @Override
    public void write(byte[] bytes, int from, int length, int repetition, int definition) {
        level(repetition, definition);
        if (byIndex()) {
            int index = dictionary.indexOf(bytes, from, length);
            addIndex(index, dictionary.entries().size());
        } else {
            putPlain(bytes, from, length);
            addPlain();
        }
    }

    private void putPlain(byte[] bytes, int from, int length) {
        if (!isFixed) {
            plain.putInt(length);
        }
        plain.put(bytes, from, length);
    }

    @Override
    void putPlain(int index) {
        putPlain(dictionary.entries().array(), dictionary.start(index), dictionary.length(index));
    }

    @Override
    void addBounds(Statistics<?> to) {
        if (byIndex()) {
            boundsByIndex();
        } else {
            eachPlain(bounds::add);
        }
        bounds.addTo(to);
    }

    private void boundsByIndex() {
        byte[] entries = dictionary.entries().array();
        while (seen.length < dictionary.size()) {
            seen = buffers.grown(seen, 0);
        }
        Arrays.fill(seen, 0, dictionary.size(), 0);
        for (int i = 0; i < valueCount(); i++) {
            int index = indices()[i];
            if (seen[index] == 0) {
                seen[index] = 1;
                bounds.add(entries, dictionary.start(index), dictionary.length(index));
            }
        }
    }

    private void eachPlain(EachBytes each) {
        byte[] array = plain.array();
        int at = 0;
        while (at < plain.size()) {
            int length = isFixed ? fixedLength : plain.getInt(at);
            at += isFixed ? 0 : Integer.BYTES;
            each.take(array, at, length);
            at += length;
        }
    }

    private interface EachBytes {
        void take(byte[] bytes, int from, int length);
    }

    @Override
    long stringBytes() {
        if (isFixed) {
            return 0;
        }
        return plainSize() - (long) valueCount() * Integer.BYTES;
    }

    @Override
    long plainSize() {
        if (!byIndex()) {
            return plain.size();
        }
        long size = 0;
        for (int i = 0; i < valueCount(); i++) {
            size += Integer.BYTES + dictionary.length(indices()[i]);
        }
        return size;
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    long dictionaryBytes() {
        return dictionary.entries().size();
    }

    @Override
    Bytes dictionaryPage() {
        return dictionary.entries();
    }

    @Override
    void addDictionaryTo(Blooms bloom) {
        if (bloom.isWanted()) {
            byte[] entries = dictionary.entries().array();
            for (int i = 0; i < dictionary.size(); i++) {
                bloom.add(entries, dictionary.start(i), dictionary.length(i));
            }
        }
    }

    @Override
    void addPlainTo(Blooms bloom) {
        if (bloom.isWanted() && !byIndex()) {
            eachPlain(bloom::add);
        }
    }

    @Override
    void dropDictionary() {
        dictionary.release();
        dictionary = new BytesDictionary(buffers);
    }

    @Override
    void release() {
        super.release();
        dictionary.release();
        buffers.release(seen);
    }
}
