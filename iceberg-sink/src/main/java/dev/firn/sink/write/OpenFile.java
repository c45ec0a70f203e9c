package dev.firn.sink.write;

import dev.firn.sink.parquet.ParquetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.DataWriter;

/** A data file that is being written. */
final class OpenFile {
    private final DataWriter<Row> writer;
    private final ParquetFile file;
    private final String location;

    OpenFile(DataWriter<Row> writer, ParquetFile file, String location) {
        this.writer = writer;
        this.file = file;
        this.location = location;
    }

    void write(Row row) {
        writer.write(row);
    }

    /** About as many bytes as the file would have now, rather more than less. */
    long length() {
        return file.length();
    }

    /** Bytes of memory. */
    long held() {
        return file.held();
    }

    String location() {
        return location;
    }

    /** Of the row that was added last. */
    long lastPosition() {
        return file.rows() - 1;
    }

    DataFile complete() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + location, e);
        }
        return writer.toDataFile();
    }

    /** Whether there is anything yet but memory. */
    boolean isBegun() {
        return file.isBegun();
    }

    /** Gives it up. What there is in the storage is the caller's to delete. */
    void abandon() {
        file.abandon();
    }
}
