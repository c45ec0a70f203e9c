package dev.firn.sink.write;

import dev.firn.sink.parquet.ParquetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.DataWriter;

/** Rows go into columns as they come. */
final class StreamedFile implements OpenFile {
    private final DataWriter<Row> writer;
    private final ParquetFile file;
    private final String location;

    StreamedFile(DataWriter<Row> writer, ParquetFile file, String location) {
        this.writer = writer;
        this.file = file;
        this.location = location;
    }

    @Override
    public void write(Row row) {
        writer.write(row);
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public long held() {
        return file.held();
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public long lastPosition() {
        return file.rows() - 1;
    }

    @Override
    public DataFile complete() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + location, e);
        }
        return writer.toDataFile();
    }

    @Override
    public boolean isBegun() {
        return file.isBegun();
    }

    @Override
    public void abandon() {
        file.abandon();
    }
}
