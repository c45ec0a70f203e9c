package dev.firn.embedded;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A local file under the location that the table knows it by: position deletes name data files by it. */
record ObjectFile(String location, InputFile file) implements InputFile {
    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        return file.newStream();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
