package dev.firn.sink.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.page.PageWriter;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file that is filled row by row: each column of the row is written to, then the row is ended. What it holds in
 * memory is given back when it is closed. For one thread at a time.
 */
public final class ParquetFile {
    private static final int MIN_ROWS_BETWEEN_LOOKS = 100;
    /** What a column takes beside its arrays, about. */
    private static final int BYTES_PER_COLUMN = 256;

    private final ParquetLayout layout;
    private final StoredFile stored;
    private final ParquetFiles shared;
    private final Buffers buffers;
    private final PageCompression compression;
    private final ColumnChunk[] columns;
    private final int pageSize;
    private final int pageRows;
    private final long rowGroupSize;
    /** None before the row group's first page. */
    private @Nullable RowGroup rowGroup;

    private long rows;
    private long rowGroupBegin;
    private long nextLook;
    private long sizeAtLook;
    private long sizeSinceLook;
    /** Of the row group, compressed. */
    private long pagesSize;

    private boolean isClosed;

    ParquetFile(ParquetLayout layout, StoredFile stored, ParquetFiles shared, Buffers buffers) {
        this.layout = layout;
        this.stored = stored;
        this.shared = shared;
        this.buffers = buffers;
        this.compression = PageCompression.of(layout);
        this.columns = layout.type().getColumns().stream()
                .map(column -> ColumnChunk.of(column, layout, buffers))
                .toArray(ColumnChunk[]::new);
        this.pageSize = layout.properties().getPageSizeThreshold();
        this.pageRows = layout.properties().getPageRowCountLimit();
        this.rowGroupSize = layout.rowGroupSize();
        buffers.hold((long) columns.length * BYTES_PER_COLUMN);
        this.nextLook = Math.min(pageRows, MIN_ROWS_BETWEEN_LOOKS);
    }

    /** In the order of the table's Parquet schema. The same for the whole file. */
    public ColumnChunk[] columns() {
        return columns.clone();
    }

    /** After all columns have their part of the row.
     *
     * @param size about as many bytes as the row was before it came here
     */
    public void endRow(int size) {
        rows++;
        sizeSinceLook += size;
        if (rows >= nextLook || sizeSinceLook >= pageSize) {
            look();
        }
    }

    /** How many have been ended: where in the file the next one will be. */
    public long rows() {
        return rows;
    }

    /** Ends the row group, or pages, if they are full. */
    private void look() {
        if (bufferedSize() >= rowGroupSize) {
            endRowGroup();
        } else if (Stream.of(columns).anyMatch(this::isFull)) {
            withBench(this::endFullPages);
        }
        nextLook = nextLook();
        sizeAtLook = bufferedSize();
        sizeSinceLook = 0;
    }

    private boolean isFull(ColumnChunk column) {
        return rows - column.pageBegin() >= pageRows || column.pageSize() >= pageSize;
    }

    /** When a page has its last row, or may have half of what it still has room for. */
    private long nextLook() {
        long next = Long.MAX_VALUE;
        for (ColumnChunk column : columns) {
            long begin = column.pageBegin();
            int size = column.pageSize();
            long untilHalf = size == 0 ? pageRows : (pageSize - size) * (rows - begin) / size / 2;
            next = Math.min(next, begin + pageRows);
            next = Math.min(next, rows + Math.max(untilHalf, MIN_ROWS_BETWEEN_LOOKS));
        }
        return next;
    }

    private void endFullPages(Workbench bench) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            if (isFull(columns[i])) {
                endPage(i, bench);
            }
        }
    }

    private void endPage(int column, Workbench bench) throws IOException {
        RowGroup to = rowGroup();
        PageWriter pages = to.pages(column);
        long before = pages.getMemSize();
        columns[column].finishPage(rows, pages, bench.page(), to.bloom(column));
        pagesSize += pages.getMemSize() - before;
    }

    private void endRowGroup() {
        if (rows > rowGroupBegin) {
            withBench(this::endRowGroup);
        }
    }

    private void endRowGroup(Workbench bench) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            if (rows > columns[i].pageBegin()) {
                endPage(i, bench);
            }
            columns[i].finishChunk(rowGroup().pages(i), rowGroup().bloom(i));
        }
        rowGroup().write(stored, rows - rowGroupBegin);
        dropPages();
        rowGroupBegin = rows;
    }

    private RowGroup rowGroup() {
        RowGroup current = rowGroup;
        if (current == null) {
            current = new RowGroup(layout, stored.pages(compression.compressor(), new PageMemory(buffers)));
            rowGroup = current;
        }
        return current;
    }

    private void dropPages() {
        if (rowGroup != null) {
            rowGroup.close();
            rowGroup = null;
        }
        pagesSize = 0;
    }

    private interface Work {
        void at(Workbench bench) throws IOException;
    }

    private void withBench(Work work) {
        Workbench bench = shared.takeBench();
        compression.use(bench);
        try {
            work.at(bench);
        } catch (IOException e) {
            throw new UncheckedIOException("writing pages", e);
        } finally {
            compression.use(null);
            shared.giveBack(bench);
        }
    }

    /** About as many bytes as the file would have if it were closed now, rather more than less; its length once it is closed. */
    public long length() {
        try {
            return stored.length() + (isClosed ? 0 : sizeAtLook + sizeSinceLook);
        } catch (IOException e) {
            throw new UncheckedIOException("asking for a file's length", e);
        }
    }

    private long bufferedSize() {
        long size = pagesSize;
        for (ColumnChunk column : columns) {
            size += column.unwrittenSize();
        }
        return size;
    }

    /** Bytes of memory that it takes now. */
    public long held() {
        return buffers.held();
    }

    /** Whether any of it has left the memory. */
    public boolean isBegun() {
        return stored.isBegun();
    }

    /** Completes the file. What can't be completed is given up. Closing again changes nothing. */
    public void close() {
        if (isClosed) {
            return;
        }
        try {
            endRowGroup();
            stored.finish();
            release();
        } catch (IOException e) {
            throw new UncheckedIOException("completing a file", e);
        } finally {
            abandon();
        }
    }

    /** Gives it up, as it is, unless it is complete. What has left the memory is the caller's to delete. */
    public void abandon() {
        if (isClosed) {
            return;
        }
        release();
        try {
            stored.abandon();
        } catch (IOException e) {
            throw new UncheckedIOException("giving a file up", e);
        }
    }

    private void release() {
        isClosed = true;
        dropPages();
        for (ColumnChunk column : columns) {
            column.release();
        }
        buffers.hold(-buffers.held());
    }

    /** Of the closed file. */
    public Metrics metrics(MetricsConfig config) {
        Stream<FieldMetrics<?>> more = Stream.of(columns).flatMap(column -> column.metrics(rows).stream());
        return ParquetUtil.footerMetrics(stored.footer(), more, config);
    }

    /** Of the closed file: where its row groups begin. */
    public List<Long> splitOffsets() {
        return ParquetUtil.getSplitOffsets(stored.footer());
    }
}
