package dev.firn.sink.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a record takes that is held as it came. */
public final class RecordMemory {
    /** The record itself, without what it refers to. */
    private static final int RECORD = 200;
    /** A header with its name, about. */
    private static final int HEADER = 100;

    private RecordMemory() {}

    /** Bytes of memory, about: key, value and headers, too. */
    public static long of(ConsumerRecord<byte[], byte[]> record) {
        long bytes = RECORD + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += HEADER + header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
