package dev.firn.sink.parquet;

import java.io.IOException;
import org.apache.iceberg.io.OutputFile;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.PositionOutputStream;

/** A file of Iceberg's for Parquet to write. */
record StorageFile(OutputFile file) implements org.apache.parquet.io.OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return stream(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return stream(file.createOrOverwrite());
    }

    private static PositionOutputStream stream(org.apache.iceberg.io.PositionOutputStream stream) {
        return new DelegatingPositionOutputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }
        };
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return file.location();
    }
}
