package dev.firn.sink.table;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Small files that this process has written lately: a commit reads what the one before has written, manifest lists, manifests
 * and deletes, and what is written under a name is never anything else. Safe for use by many threads.
 */
public final class RecentFiles {
    /** Larger files are not kept. */
    static final int LARGEST = 256 << 10;

    private final long most;
    private final Map<String, byte[]> files = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Keeps those that were used last.
     *
     * @param most bytes, together
     */
    public RecentFiles(long most) {
        this.most = most;
    }

    synchronized Optional<InputFile> find(String path) {
        return Optional.ofNullable(files.get(path)).map(content -> new InMemoryInputFile(path, content));
    }

    /** Keeps what is written to the file, once it is written. */
    OutputFile keeping(OutputFile file) {
        return new KeptOutputFile(file, this);
    }

    synchronized void keep(String path, byte[] content) {
        byte[] before = files.put(path, content);
        bytes += content.length - (before == null ? 0 : before.length);
        Iterator<byte[]> oldest = files.values().iterator();
        while (bytes > most) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }
}
