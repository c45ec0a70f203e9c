package dev.firn.sink.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** Truth values, a bit for each. */
final class FlagChunk extends ColumnChunk {
    private final Bytes bits;
    private int count;
    private int trues;

    FlagChunk(ColumnDescriptor column, boolean hasBounds, Buffers buffers) {
        super(column, hasBounds, buffers);
        this.bits = new Bytes(buffers);
    }

    @Override
    public void write(boolean value, int repetition, int definition) {
        level(repetition, definition);
        int bit = count++ % Byte.SIZE;
        if (bit == 0) {
            bits.putByte(0);
        }
        if (value) {
            bits.array()[bits.size() - 1] |= (byte) (1 << bit);
            trues++;
        }
    }

    @Override
    int valueCount() {
        return count;
    }

    @Override
    int valuesSize() {
        return bits.size();
    }

    @Override
    Encoding encodeValues(Bytes out) {
        out.put(bits.array(), 0, bits.size());
        return Encoding.PLAIN;
    }

    @Override
    void addBounds(Statistics<?> to) {
        to.updateStats(trues == count);
        to.updateStats(trues > 0);
    }

    @Override
    void addPlainTo(Blooms bloom) {
        // two values need no filter, and Parquet has none for them
    }

    @Override
    void clearValues() {
        bits.truncate(0);
        count = 0;
        trues = 0;
    }

    @Override
    void finishChunk(PageWriter to, Blooms bloom) {
        // nothing but pages
    }

    @Override
    void release() {
        super.release();
        bits.release();
    }
}
