package dev.firn.sink.consume;

import dev.firn.sink.commit.RecordTimes;
import dev.firn.sink.commit.Tally;
import dev.firn.sink.quarantine.Reject;
import dev.firn.sink.quarantine.Rejects;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a table's records go into until the window closes. */
final class OpenWindow {
    private final RecordFiles rows;
    private final Rejects rejects;
    private final RecordTimes times;
    private final Instant openedAt;
    private long records;
    private long left;

    OpenWindow(RecordFiles rows, Rejects rejects, Instant openedAt) {
        this.rows = rows;
        this.rejects = rejects;
        this.times = new RecordTimes(openedAt.toEpochMilli());
        this.openedAt = openedAt;
    }

    /** Throws as {@link RecordFiles#write} does. */
    void row(ConsumerRecord<byte[], byte[]> record) {
        rows.write(record);
        count(record);
    }

    void reject(Reject reject) {
        rejects.add(reject);
        count(reject.record());
    }

    /** A record that goes nowhere, because it is in the quarantine table already. */
    void count(ConsumerRecord<byte[], byte[]> record) {
        records++;
        times.add(record.timestamp());
    }

    /** Passes by a record that another table takes. */
    void leave() {
        left++;
        records++;
    }

    /** Whether all it would change is how far the table has followed. */
    boolean isEmpty() {
        return left == records;
    }

    RecordFiles rows() {
        return rows;
    }

    Rejects rejects() {
        return rejects;
    }

    Tally tally() {
        return new Tally(times, rejects.byReason());
    }

    Instant openedAt() {
        return openedAt;
    }

    long records() {
        return records;
    }

    long bytes() {
        return rows.bytes() + rejects.bytes();
    }

    /** Bytes of memory. */
    long held() {
        return rows.held() + rejects.bytes();
    }

    void abort() {
        rows.abort();
        rejects.abort();
    }
}
