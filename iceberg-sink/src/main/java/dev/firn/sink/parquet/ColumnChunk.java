package dev.firn.sink.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FieldMetrics;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * One column of a file, filled page by page, row group by row group. What Parquet tells of values, their bounds and
 * counts, is worked out when a page is full, not for each of them. A column takes the values of its own type only. For one
 * thread at a time.
 */
public abstract class ColumnChunk {
    private static final GeospatialStatistics NO_PLACES =
            GeospatialStatistics.noopBuilder().build();

    private final ColumnDescriptor column;
    private final boolean hasBounds;
    private final @Nullable Levels repetitions;
    private final @Nullable Levels definitions;
    private int nulls;
    private long pageBegin;

    ColumnChunk(ColumnDescriptor column, boolean hasBounds, Buffers buffers) {
        this.column = column;
        this.hasBounds = hasBounds;
        repetitions = levels(column.getMaxRepetitionLevel(), buffers);
        definitions = levels(column.getMaxDefinitionLevel(), buffers);
    }

    private static @Nullable Levels levels(int highest, Buffers buffers) {
        return highest == 0 ? null : new Levels(highest, buffers);
    }

    static ColumnChunk of(ColumnDescriptor column, ParquetLayout layout, Buffers buffers) {
        boolean hasBounds = layout.properties().getStatisticsEnabled(column);
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        return switch (type) {
            case BOOLEAN -> new FlagChunk(column, hasBounds, buffers);
            case INT32, INT64, FLOAT, DOUBLE ->
                new NumberChunk(column, hasBounds, buffers, layout.dictionaryLimit(column), NumberKind.of(type));
            case BINARY -> new BytesChunk(column, hasBounds, buffers, layout.dictionaryLimit(column));
            case FIXED_LEN_BYTE_ARRAY -> new BytesChunk(column, hasBounds, buffers, 0);
            case INT96 -> throw new IllegalArgumentException("no column of type " + type);
        };
    }

    /** A place in the row's structure without a value. */
    public final void writeNull(int repetition, int definition) {
        level(repetition, definition);
        nulls++;
    }

    public void write(boolean value, int repetition, int definition) {
        throw unfit("boolean");
    }

    public void write(int value, int repetition, int definition) {
        throw unfit("int");
    }

    public void write(long value, int repetition, int definition) {
        throw unfit("long");
    }

    public void write(float value, int repetition, int definition) {
        throw unfit("float");
    }

    public void write(double value, int repetition, int definition) {
        throw unfit("double");
    }

    /** Bytes that are read during the call only. */
    public void write(byte[] bytes, int from, int length, int repetition, int definition) {
        throw unfit("bytes");
    }

    private IllegalStateException unfit(String what) {
        return new IllegalStateException("no " + what + " for column " + column);
    }

    final void level(int repetition, int definition) {
        if (repetitions != null) {
            repetitions.add(repetition);
        }
        if (definitions != null) {
            definitions.add(definition);
        }
    }

    /** About as many bytes as the page has so far. */
    final int pageSize() {
        return sizeOf(repetitions) + sizeOf(definitions) + valuesSize();
    }

    private static int sizeOf(@Nullable Levels levels) {
        return levels == null ? 0 : levels.sizeEstimate();
    }

    /** About as many bytes as are to be written yet. */
    long unwrittenSize() {
        return pageSize();
    }

    /** The row that the page begins with. */
    final long pageBegin() {
        return pageBegin;
    }

    /** Writes the page and begins the next one.
     *
     * @param row that the next page begins with
     */
    final void finishPage(long row, PageWriter to, Bytes scratch, Blooms bloom) throws IOException {
        scratch.truncate(0);
        encode(repetitions, scratch);
        encode(definitions, scratch);
        Encoding encoding = encodeValues(scratch);
        to.writePage(
                BytesInput.from(scratch.array(), 0, scratch.size()),
                valueCount() + nulls,
                (int) (row - pageBegin),
                bounds(),
                sizes(),
                NO_PLACES,
                Encoding.RLE,
                Encoding.RLE,
                encoding);
        addPlainTo(bloom);
        clear(row);
    }

    private static void encode(@Nullable Levels levels, Bytes out) {
        if (levels != null) {
            levels.encode(out);
        }
    }

    private Statistics<?> bounds() {
        PrimitiveType type = column.getPrimitiveType();
        Statistics<?> bounds = hasBounds ? Statistics.createStats(type) : Statistics.noopStats(type);
        bounds.incrementNumNulls(nulls);
        if (valueCount() > 0) {
            addBounds(bounds);
        }
        return bounds;
    }

    private SizeStatistics sizes() {
        return new SizeStatistics(
                column.getPrimitiveType(),
                stringBytes(),
                repetitions == null ? List.of() : repetitions.histogram(),
                definitions == null || column.getMaxDefinitionLevel() == 1 ? List.of() : definitions.histogram());
    }

    private void clear(long row) {
        if (repetitions != null) {
            repetitions.clear();
        }
        if (definitions != null) {
            definitions.clear();
        }
        nulls = 0;
        pageBegin = row;
        clearValues();
    }

    /** After the last page of a row group. */
    abstract void finishChunk(PageWriter to, Blooms bloom) throws IOException;

    /** Of the page, without nulls. */
    abstract int valueCount();

    abstract int valuesSize();

    abstract Encoding encodeValues(Bytes out);

    /** The least and the most of the page's values, by Parquet's order. */
    abstract void addBounds(Statistics<?> to);

    /** Of the page's values, where they are strings of bytes. */
    long stringBytes() {
        return 0;
    }

    /** Those of the page's values that are in no dictionary. */
    abstract void addPlainTo(Blooms bloom);

    abstract void clearValues();

    /** What the footer does not tell of a column. */
    Optional<FieldMetrics<?>> metrics(long rows) {
        return Optional.empty();
    }

    ColumnDescriptor column() {
        return column;
    }

    /** Gives the memory back. The column is done for afterwards. */
    void release() {
        if (repetitions != null) {
            repetitions.release();
        }
        if (definitions != null) {
            definitions.release();
        }
    }
}
