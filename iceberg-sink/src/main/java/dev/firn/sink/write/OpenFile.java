package dev.firn.sink.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.DataWriter;

/** A data file that is being written. */
final class OpenFile {
    /** Asking the writer costs a walk over all columns. */
    private static final long BYTES_BETWEEN_MEASUREMENTS = 1 << 20;

    private final DataWriter<Row> writer;
    private final RowWriter rows;
    private final String location;
    private long measured;
    private long sinceMeasured;

    OpenFile(DataWriter<Row> writer, RowWriter rows, String location) {
        this.writer = writer;
        this.rows = rows;
        this.location = location;
    }

    /** Adds a row.
     *
     * @param size of the record, in Avro
     */
    void write(Row row, long size) {
        writer.write(row);
        sinceMeasured += size;
        if (sinceMeasured >= BYTES_BETWEEN_MEASUREMENTS) {
            measured = writer.length();
            sinceMeasured = 0;
        }
    }

    /** About as many bytes as were written and are still held, rather more than less. */
    long length() {
        return measured + sinceMeasured;
    }

    String location() {
        return location;
    }

    DataFile complete() {
        close();
        return writer.toDataFile();
    }

    /** Whether there is anything yet but memory. */
    boolean isBegun() {
        return rows.isBegun();
    }

    void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + location, e);
        }
    }
}
