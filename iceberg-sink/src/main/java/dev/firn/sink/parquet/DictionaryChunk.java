package dev.firn.sink.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;

/**
 * Values by their indices into a dictionary for as long as that pays, then plain ones. It is given up when it grows too
 * large, when nearly every value turns out to be a new one, and when the first page would be no smaller by it.
 */
abstract class DictionaryChunk extends ColumnChunk {
    /** By the name that it has in pages of the first version, which every reader knows. */
    @SuppressWarnings("deprecation") // in favour of a name that older readers don't know
    private static final Encoding BY_INDEX = Encoding.PLAIN_DICTIONARY;

    private static final int FIRST_LOOK = 2048;
    private static final int NEXT_LOOK = 256;

    /** The page's, if they are plain. */
    final Bytes plain;

    private final Buffers buffers;
    private final int limit;
    private int[] indices;
    private int count;
    private boolean byIndex;
    private int look;
    private int pagesByIndex;
    private long valuesBefore;

    /** @param limit bytes that a dictionary may have, 0 for none */
    DictionaryChunk(ColumnDescriptor column, boolean hasBounds, Buffers buffers, int limit) {
        super(column, hasBounds, buffers);
        this.buffers = buffers;
        this.limit = limit;
        this.plain = new Bytes(buffers);
        this.indices = buffers.ints(0);
        begin();
    }

    private void begin() {
        byIndex = limit > 0;
        look = FIRST_LOOK;
        pagesByIndex = 0;
        valuesBefore = 0;
    }

    final boolean byIndex() {
        return byIndex;
    }

    /** @param dictionaryBytes as many as there are with it */
    final void addIndex(int index, int dictionaryBytes) {
        if (count == indices.length) {
            indices = buffers.grown(indices, count);
        }
        indices[count++] = index;
        if (dictionaryBytes > limit) {
            leaveDictionary();
        } else if (index >= look) {
            look = index + NEXT_LOOK;
            if (isAlmostDistinct()) {
                leaveDictionary();
            }
        }
    }

    private boolean isAlmostDistinct() {
        return dictionarySize() * 50L > (valuesBefore + count) * 49L;
    }

    private void leaveDictionary() {
        for (int i = 0; i < count; i++) {
            putPlain(indices[i]);
        }
        byIndex = false;
        if (pagesByIndex == 0) {
            dropDictionary();
        }
    }

    /** Of the page, if they are by index. */
    final int[] indices() {
        return indices;
    }

    @Override
    final int valueCount() {
        return count;
    }

    /** For a value that was put among the plain ones. */
    final void addPlain() {
        count++;
    }

    @Override
    final int valuesSize() {
        return byIndex ? count * RunLengths.width(dictionarySize()) / Byte.SIZE : plain.size();
    }

    @Override
    final long unwrittenSize() {
        return pageSize() + dictionaryBytes();
    }

    @Override
    final Encoding encodeValues(Bytes out) {
        if (byIndex) {
            int begin = out.size();
            int width = RunLengths.width(dictionarySize() - 1);
            out.putByte(width);
            RunLengths.encode(indices, count, width, out);
            if (pagesByIndex > 0 || out.size() - begin + dictionaryBytes() < plainSize()) {
                pagesByIndex++;
                return BY_INDEX;
            }
            out.truncate(begin);
            leaveDictionary();
        }
        out.put(plain.array(), 0, plain.size());
        return Encoding.PLAIN;
    }

    @Override
    final void clearValues() {
        valuesBefore += count;
        count = 0;
        plain.truncate(0);
    }

    @Override
    final void finishChunk(PageWriter to, Blooms bloom) throws IOException {
        if (pagesByIndex > 0) {
            Bytes page = dictionaryPage();
            to.writeDictionaryPage(
                    new DictionaryPage(BytesInput.from(page.array(), 0, page.size()), dictionarySize(), BY_INDEX));
            addDictionaryTo(bloom);
        }
        plain.truncate(0);
        dropDictionary();
        begin();
    }

    /** What the page's indices stand for, plain. */
    abstract long plainSize();

    abstract void putPlain(int index);

    abstract int dictionarySize();

    abstract long dictionaryBytes();

    abstract Bytes dictionaryPage();

    abstract void addDictionaryTo(Blooms bloom);

    /** The next one begins empty. */
    abstract void dropDictionary();

    @Override
    void release() {
        super.release();
        plain.release();
        buffers.release(indices);
    }
}
