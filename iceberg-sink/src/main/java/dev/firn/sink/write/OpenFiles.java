package dev.firn.sink.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one window, one open per partition at a time. Not too many fill their columns at once: past the limit one that no
 * row has come to for long is completed, and where there is none, the rows of the next partition are held as they came. So
 * partitions that come by turns have a file each, however many they are.
 */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    /** So many rows of others in a row say that a partition is over, more likely than not. */
    private static final long IDLE = 50_000;

    private final FileOpener opener;
    private final int limit;
    private final long targetSize;
    private final Map<PartitionBytes, Open> open = new HashMap<>();
    private final List<DataFile> complete = new ArrayList<>();
    private long completeBytes;
    private long rows;
    private int streamed;

    private final PartitionBytes wanted = new PartitionBytes();
    private PartitionBytes lastKey = wanted;
    private @Nullable Open last;

    private static final class Open {
        private final OpenFile file;
        private final boolean isStreamed;
        private long lastRow;

        Open(OpenFile file, boolean isStreamed) {
            this.file = file;
            this.isStreamed = isStreamed;
        }
    }

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
        Open to = fileOf(row);
        to.lastRow = rows++;
        to.file.write(row);
        if (to.file.length() >= targetSize) {
            complete(lastKey);
        }
        return to.file;
    }

    private Open fileOf(Row row) {
        row.plan().partition().key(row, wanted);
        if (last != null && wanted.equals(lastKey)) {
            return last;
        }
        Open file = open.get(wanted);
        PartitionBytes key = wanted.copy();
        if (file == null) {
            file = open(row.plan().partition().tuple(row));
            open.put(key, file);
        }
        last = file;
        lastKey = key;
        return file;
    }

    private Open open(PartitionKey partition) {
        boolean stream = !opener.order().isSorted() && hasRoom();
        Open file = new Open(stream ? opener.stream(partition) : opener.hold(partition), stream);
        streamed += stream ? 1 : 0;
        return file;
    }

    private boolean hasRoom() {
        if (streamed >= limit) {
            idle().ifPresent(this::complete);
        }
        return streamed < limit;
    }

    private Optional<PartitionBytes> idle() {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().isStreamed && entry.getValue().lastRow < rows - IDLE)
                .min(Comparator.comparingLong(entry -> entry.getValue().lastRow))
                .map(Map.Entry::getKey);
    }

    private void complete(PartitionBytes key) {
        Open of = open.get(key);
        if (of != null) {
            DataFile done = of.file.complete();
            open.remove(key);
            streamed -= of.isStreamed ? 1 : 0;
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
        for (Open each : open.values()) {
            bytes += each.file.length();
        }
        return bytes;
    }

    /** Bytes of memory. */
    long held() {
        return open.values().stream().mapToLong(each -> each.file.held()).sum();
    }

    /** Forgets all files.
     *
     * @return where there may be one now
     */
    List<String> abandon() {
        List<String> locations = new ArrayList<>();
        complete.forEach(file -> locations.add(file.location()));
        for (Open each : open.values()) {
            if (each.file.isBegun()) {
                locations.add(each.file.location());
            }
            abandon(each.file);
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
