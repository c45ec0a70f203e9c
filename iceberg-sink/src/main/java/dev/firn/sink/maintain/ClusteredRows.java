package dev.firn.sink.maintain;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.IcebergDecoder;
import org.apache.iceberg.data.avro.IcebergEncoder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;

/** The rows of a group's files that are not deleted, all together in the order that the group is to have. */
final class ClusteredRows implements Closeable {
    /** Bytes of rows in memory; the others are on disk meanwhile. */
    static final long MEMORY = 32 << 20;

    private final ExternalSort sort;
    private final IcebergEncoder<Record> encoder;
    private final IcebergDecoder<Record> decoder;

    private ClusteredRows(Schema columns, Scratch scratch) {
        this.sort = new ExternalSort(scratch, MEMORY);
        // Iceberg makes up the values of some columns when it reads them: those that it knows by their ids
        Schema plain = TypeUtil.assignIncreasingFreshIds(columns);
        this.encoder = new IcebergEncoder<>(plain, false);
        this.decoder = new IcebergDecoder<>(plain);
    }

    /** Reads them all.
     *
     * @param columns what each row begins with, those among them that the group is to be ordered by
     * @param open a file's rows
     * @throws RuntimeException whatever storage and disk throw
     */
    static ClusteredRows of(
            FileGroup group,
            ClusterBy by,
            Schema columns,
            Scratch scratch,
            Function<FileScanTask, CloseableIterable<Record>> open)
            throws IOException {
        ClusteredRows rows = new ClusteredRows(columns, scratch);
        try {
            ClusterKey key = new ClusterKey(by, columns, group.files());
            for (FileScanTask task : group.tasks()) {
                rows.add(open.apply(task), key);
            }
            return rows;
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private void add(CloseableIterable<Record> records, ClusterKey key) throws IOException {
        try (records) {
            for (Record each : records) {
                sort.add(key.of(each), encoder.encode(each));
            }
        }
    }

    long count() {
        return sort.count();
    }

    /** To be read once. */
    Iterable<Record> inOrder() {
        Iterator<byte[]> values = sort.values();
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public Record next() {
                return decoded(values.next());
            }
        };
    }

    private Record decoded(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }
}
