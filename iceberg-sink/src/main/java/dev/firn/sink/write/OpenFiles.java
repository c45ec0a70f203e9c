package dev.firn.sink.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one window, one open per partition at a time, and not too many at once. */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private final FileOpener opener;
    private final int limit;
    private final long targetSize;
    private final Map<PartitionBytes, OpenFile> open = new HashMap<>();
    private final List<DataFile> complete = new ArrayList<>();
    private long completeBytes;

    private final PartitionBytes wanted = new PartitionBytes();
    private PartitionBytes lastKey = wanted;
    private @Nullable OpenFile last;

    OpenFiles(FileOpener opener, int limit) {
        this.opener = opener;
        this.limit = limit;
        this.targetSize = PropertyUtil.propertyAsLong(
                opener.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    }

    /** Adds a checked row to its partition's file.
     *
     * @return where it is
     */
    OpenFile write(Row row) {
        OpenFile file = fileOf(row);
        file.write(row);
        if (file.length() >= targetSize) {
            complete(lastKey);
        }
        return file;
    }

    private OpenFile fileOf(Row row) {
        row.plan().partition().key(row, wanted);
        if (last != null && wanted.equals(lastKey)) {
            return last;
        }
        OpenFile file = open.get(wanted);
        PartitionBytes key = wanted.copy();
        if (file == null) {
            makeRoom();
            file = opener.open(row.plan().partition().tuple(row));
            open.put(key, file);
        }
        last = file;
        lastKey = key;
        return file;
    }

    private void makeRoom() {
        if (open.size() >= limit) {
            open.entrySet().stream()
                    .max(Comparator.comparingLong(entry -> entry.getValue().length()))
                    .map(Map.Entry::getKey)
                    .ifPresent(this::complete);
        }
    }

    private void complete(PartitionBytes key) {
        OpenFile file = open.get(key);
        if (file != null) {
            DataFile done = file.complete();
            open.remove(key);
            complete.add(done);
            completeBytes += done.fileSizeInBytes();
            last = null;
        }
    }

    /** Closes what is open. */
    List<DataFile> complete() {
        List.copyOf(open.keySet()).forEach(this::complete);
        return complete;
    }

    long bytes() {
        long bytes = completeBytes;
        for (OpenFile file : open.values()) {
            bytes += file.length();
        }
        return bytes;
    }

    /** Bytes of memory. */
    long held() {
        return open.values().stream().mapToLong(OpenFile::held).sum();
    }

    /** Forgets all files.
     *
     * @return where there may be one now
     */
    List<String> abandon() {
        List<String> locations = new ArrayList<>();
        complete.forEach(file -> locations.add(file.location()));
        for (OpenFile file : open.values()) {
            if (file.isBegun()) {
                locations.add(file.location());
            }
            abandon(file);
        }
        open.clear();
        complete.clear();
        return locations;
    }

    private static void abandon(OpenFile file) {
        try {
            file.abandon();
        } catch (RuntimeException e) {
            // whatever state a failure has left it in
            LOG.debug("Could not give up file={}", file.location(), e);
        }
    }
}
