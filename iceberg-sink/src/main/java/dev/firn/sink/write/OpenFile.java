package dev.firn.sink.write;

import org.apache.iceberg.DataFile;

/** A data file that is being written. For one thread at a time. */
interface OpenFile {
    void write(Row row);

    /** About as many bytes as the file would have now, rather more than less. */
    long length();

    /** Bytes of memory. */
    long held();

    String location();

    /** Of the row that was added last. */
    long lastPosition();

    DataFile complete();

    /** Whether there is anything yet but memory. */
    boolean isBegun();

    /** Gives it up. What there is in the storage is the caller's to delete. */
    void abandon();
}
