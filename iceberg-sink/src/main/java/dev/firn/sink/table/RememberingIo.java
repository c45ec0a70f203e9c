package dev.firn.sink.table;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Remembers what is written, and leaves deletion to others, who know the outcome for certain. Small files are read from memory. */
public final class RememberingIo implements FileIO {
    private final FileIO io;
    private final Set<String> written;
    private final RecentFiles recent;

    /** Passes on to other access.
     *
     * @param written is added to
     * @param recent knows, and gets to know, what small files hold
     */
    public RememberingIo(FileIO io, Set<String> written, RecentFiles recent) {
        this.io = io;
        this.written = written;
        this.recent = recent;
    }

    @Override
    public InputFile newInputFile(String path) {
        return recent.find(path).orElseGet(() -> io.newInputFile(path));
    }

    @Override
    public InputFile newInputFile(String path, long length) {
        return recent.find(path).orElseGet(() -> io.newInputFile(path, length));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        written.add(path);
        return recent.keeping(io.newOutputFile(path));
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
