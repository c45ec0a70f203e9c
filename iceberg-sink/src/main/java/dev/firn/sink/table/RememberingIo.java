package dev.firn.sink.table;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Remembers what is written, and leaves deletion to others, who know the outcome for certain. */
public final class RememberingIo implements FileIO {
    private final FileIO io;
    private final Set<String> written;

    public RememberingIo(FileIO io, Set<String> written) {
        this.io = io;
        this.written = written;
    }

    @Override
    public InputFile newInputFile(String path) {
        return io.newInputFile(path);
    }

    @Override
    public InputFile newInputFile(String path, long length) {
        return io.newInputFile(path, length);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        written.add(path);
        return io.newOutputFile(path);
    }

    @Override
    public void deleteFile(String path) {
        // Iceberg takes some answers for a clean failure that are none
    }

    @Override
    public Map<String, String> properties() {
        return io.properties();
    }
}
