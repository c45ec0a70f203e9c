package dev.firn.sink.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Opens data files for what they say of themselves. */
final class Footers {
    private Footers() {}

    static ParquetFileReader open(Table table, DataFile file) {
        return open(table.io().newInputFile(file.location()));
    }

    static ParquetFileReader open(org.apache.iceberg.io.InputFile file) {
        try {
            return ParquetFileReader.open(new InputFile() {
                @Override
                public long getLength() {
                    return file.getLength();
                }

                @Override
                public SeekableInputStream newStream() {
                    return stream(file.newStream());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SeekableInputStream stream(org.apache.iceberg.io.SeekableInputStream stream) {
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }
}
