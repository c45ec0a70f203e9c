package dev.firn.sink.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records are held as they came, and go into columns when the file is complete, in the order of the table, if it has one. Where a
 * record has nothing to be sorted by, the file is in the order of arrival, and says so.
 */
final class HeldFile implements OpenFile {
    /** Beside the record: what it is sorted by, and its place. */
    private static final int ROUGHLY = 200;
    /** The file itself: its name, its partition. */
    private static final int FILE = 1_000;

    private final FileOpener opener;
    private final EncryptedOutputFile output;
    private final PartitionKey partition;
    private final RowOrder order;
    private final List<Held> rows = new ArrayList<>();
    private long added;
    private long bytes;
    private boolean isSorted;
    private @Nullable StreamedFile file;

    /** A record that has its place in the order. */
    private static final class Held {
        private final RowPlan plan;
        private final ConsumerRecord<byte[], byte[]> source;
        private final byte[] datum;
        private final int from;
        private final byte @Nullable [] key;
        private final int schemaId;
        private final @Nullable Object[] values;

        Held(Row row, @Nullable Object[] values) {
            this.plan = row.plan();
            this.source = row.source();
            this.datum = row.input.bytes();
            this.from = row.start();
            this.key = row.key();
            this.schemaId = row.schemaId();
            this.values = values;
        }

        void take(Row row) {
            row.again(plan, datum, from, source, schemaId);
            row.key(key);
        }

        long bytes() {
            long bytes = ROUGHLY + RecordMemory.of(source);
            return bytes
                    + (datum == source.value() ? 0 : datum.length)
                    + (key == null || key == source.key() ? 0 : key.length);
        }
    }

    HeldFile(FileOpener opener, EncryptedOutputFile output, PartitionKey partition, RowOrder order) {
        this.opener = opener;
        this.output = output;
        this.partition = partition;
        this.order = order;
        this.isSorted = order.isSorted();
        hold(FILE);
    }

    @Override
    public void write(Row row) {
        SortPlan sort = row.plan().sort();
        isSorted &= sort != null;
        Held held = new Held(row, sort == null ? SortPlan.NOTHING : sort.values(row));
        rows.add(held);
        added++;
        hold(held.bytes());
    }

    private void hold(long more) {
        bytes += more;
        opener.hold(more);
    }

    @Override
    public DataFile complete() {
        if (isSorted) {
            rows.sort((one, other) -> order.compare(one.values, other.values));
        }
        StreamedFile to = opener.stream(output, partition, isSorted ? order.order() : SortOrder.unsorted());
        file = to;
        Row row = new Row();
        Deque<Held> left = new ArrayDeque<>(rows);
        rows.clear();
        for (Held held = left.poll(); held != null; held = left.poll()) {
            held.take(row);
            to.write(row);
            hold(-held.bytes());
        }
        hold(-bytes);
        return to.complete();
    }

    @Override
    public long length() {
        return bytes;
    }

    @Override
    public long held() {
        return bytes + (file == null ? 0 : file.held());
    }

    @Override
    public String location() {
        return output.encryptingOutputFile().location();
    }

    /** Where rows are sorted it is not known before all are there: tables whose rows have to be found again are not sorted. */
    @Override
    public long lastPosition() {
        if (order.isSorted()) {
            throw new IllegalStateException("rows have no position yet");
        }
        return added - 1;
    }

    @Override
    public boolean isBegun() {
        return file != null && file.isBegun();
    }

    @Override
    public void abandon() {
        rows.clear();
        hold(-bytes);
        if (file != null) {
            file.abandon();
        }
    }
}
