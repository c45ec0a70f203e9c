package dev.firn.sink.parquet;

import java.util.Optional;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;

/** Numbers of any kind. */
final class NumberChunk extends DictionaryChunk {
    private final NumberKind kind;
    private final Buffers buffers;
    private final FractionMetrics fractions;
    private NumberDictionary dictionary;

    NumberChunk(ColumnDescriptor column, boolean hasBounds, Buffers buffers, int limit, NumberKind kind) {
        super(column, hasBounds, buffers, limit);
        this.kind = kind;
        this.buffers = buffers;
        this.fractions = new FractionMetrics(column, kind);
        this.dictionary = new NumberDictionary(buffers);
    }

    @Override
    public void write(int value, int repetition, int definition) {
        add(value, repetition, definition);
    }

    @Override
    public void write(long value, int repetition, int definition) {
        add(value, repetition, definition);
    }

    @Override
    public void write(float value, int repetition, int definition) {
        add(Float.floatToIntBits(value), repetition, definition);
    }

    @Override
    public void write(double value, int repetition, int definition) {
        add(Double.doubleToLongBits(value), repetition, definition);
    }

    private void add(long bits, int repetition, int definition) {
        level(repetition, definition);
        if (byIndex()) {
            int index = dictionary.indexOf(bits);
            addIndex(index, dictionary.size() * kind.size());
        } else {
            kind.put(bits, plain);
            addPlain();
        }
    }

    @Override
    void addBounds(Statistics<?> to) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        int count = valueCount();
        for (int i = 0; i < count; i++) {
            long ordered = kind.ordered(bits(i));
            least = Math.min(least, ordered);
            most = Math.max(most, ordered);
        }
        kind.addTo(to, kind.ordered(least));
        kind.addTo(to, kind.ordered(most));
        if (fractions.isWanted()) {
            addFractions(count);
        }
    }

    private void addFractions(int count) {
        for (int i = 0; i < count; i++) {
            fractions.add(bits(i));
        }
    }

    private long bits(int i) {
        return byIndex() ? dictionary.get(indices()[i]) : kind.get(plain, i);
    }

    @Override
    long plainSize() {
        return (long) valueCount() * kind.size();
    }

    @Override
    void putPlain(int index) {
        kind.put(dictionary.get(index), plain);
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    long dictionaryBytes() {
        return (long) dictionary.size() * kind.size();
    }

    @Override
    Bytes dictionaryPage() {
        for (int i = 0; i < dictionary.size(); i++) {
            putPlain(i);
        }
        return plain;
    }

    @Override
    void addDictionaryTo(Blooms bloom) {
        for (int i = 0; i < dictionary.size(); i++) {
            bloom.add(kind, dictionary.get(i));
        }
    }

    @Override
    void addPlainTo(Blooms bloom) {
        if (bloom.isWanted() && !byIndex()) {
            for (int i = 0; i < valueCount(); i++) {
                bloom.add(kind, bits(i));
            }
        }
    }

    @Override
    void dropDictionary() {
        dictionary.release();
        dictionary = new NumberDictionary(buffers);
    }

    @Override
    Optional<FieldMetrics<?>> metrics(long rows) {
        return fractions.of(rows);
    }

    @Override
    void release() {
        super.release();
        dictionary.release();
    }
}
