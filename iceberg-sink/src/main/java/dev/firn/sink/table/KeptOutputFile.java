package dev.firn.sink.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/** A file whose content is kept in memory, too, where it is small, from when storage has taken it. */
record KeptOutputFile(OutputFile file, RecentFiles files) implements OutputFile {
    @Override
    public PositionOutputStream create() {
        return new Copied(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return new Copied(file.createOrOverwrite());
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public InputFile toInputFile() {
        return file.toInputFile();
    }

    private final class Copied extends PositionOutputStream {
        private final PositionOutputStream stream;
        /** Null from when it is too large, and once it is closed. */
        private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream();

        Copied(PositionOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            if (copy != null && copy.size() + length <= RecentFiles.LARGEST) {
                copy.write(bytes, offset, length);
            } else {
                copy = null;
            }
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public long storedLength() throws IOException {
            return stream.storedLength();
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
            if (copy != null) {
                files.keep(location(), copy.toByteArray());
                copy = null;
            }
        }
    }
}
