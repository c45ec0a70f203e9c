package dev.firn.sink.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;

/** The finished pages of a row group, and its bloom filters. */
final class RowGroup {
    private final List<ColumnDescriptor> columns;
    private final ColumnChunkPageWriteStore pages;
    private final List<Blooms> blooms;

    RowGroup(ParquetLayout layout, ColumnChunkPageWriteStore pages) {
        this.columns = layout.type().getColumns();
        this.pages = pages;
        this.blooms = columns.stream()
                .map(column -> new Blooms(column, layout.properties()))
                .toList();
    }

    PageWriter pages(int column) {
        return pages.getPageWriter(columns.get(column));
    }

    Blooms bloom(int column) {
        return blooms.get(column);
    }

    void write(StoredFile to, long rows) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            blooms.get(i).writeTo(pages.getBloomFilterWriter(columns.get(i)));
        }
        to.write(pages, rows);
    }

    void close() {
        pages.close();
    }
}
