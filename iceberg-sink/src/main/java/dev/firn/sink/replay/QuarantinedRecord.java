package dev.firn.sink.replay;

import dev.firn.quarantine.Reason;
import dev.firn.quarantine.Replay;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A row of the quarantine table, as far as its return depends on it.
 *
 * @param target table or topic that it was meant for
 * @param bySink whether the sink rejected it, rather than the processor
 */
// compared by nobody
@SuppressWarnings("ArrayRecordComponent")
public record QuarantinedRecord(
        Coordinates at,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        String target,
        Reason reason,
        boolean bySink) {
    private static final long OVERHEAD = 200;

    /** Where it was read from.
     *
     * @param timestamp Kafka's, in epoch microseconds
     */
    public record Coordinates(String topic, int partition, long offset, long timestamp) {
        /** As people write it: {@code TOPIC-PARTITION-OFFSET}. */
        public String text() {
            return topic + "-" + partition + "-" + offset;
        }
    }

    /** A row of the quarantine table, as Iceberg reads it. */
    public static QuarantinedRecord of(Record row) {
        String topic = text(row, "source_topic");
        OffsetDateTime timestamp = (OffsetDateTime) row.getField("timestamp");
        return new QuarantinedRecord(
                new Coordinates(
                        topic,
                        (Integer) row.getField("partition"),
                        (Long) row.getField("offset"),
                        ChronoUnit.MICROS.between(Instant.EPOCH, timestamp.toInstant())),
                bytes(row.getField("key")),
                bytes(row.getField("value")),
                headers((List<?>) row.getField("headers")),
                text(row, "target"),
                Reason.valueOf(text(row, "reason")),
                topic.equals(row.getField("_topic")));
    }

    /** How much memory it takes, about. */
    long bytes() {
        long own = OVERHEAD + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        return headers.stream()
                .mapToLong(header -> OVERHEAD + (header.value() == null ? 0 : header.value().length))
                .reduce(own, Long::sum);
    }

    private static List<Header> headers(List<?> rows) {
        return rows.stream()
                .map(Record.class::cast)
                .<Header>map(row -> new RecordHeader(text(row, "key"), bytes(row.getField("value"))))
                .toList();
    }

    private static String text(Record row, String column) {
        return String.valueOf(row.getField(column));
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        return value instanceof ByteBuffer buffer ? ByteBuffers.toByteArray(buffer) : null;
    }

    /** What tells this row from all others; a topic that was made anew has other timestamps. */
    String identity() {
        return at.text() + "@" + at.timestamp() + ">" + target;
    }

    /** Where the record first was: here, unless it has been replayed before. */
    public String first() {
        for (Header header : headers) {
            if (header.key().equals(Replay.HEADER)) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return at.text();
    }
}
