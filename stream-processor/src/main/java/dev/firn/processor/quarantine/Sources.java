package dev.firn.processor.quarantine;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Where sources come from: the record at hand, or bytes in a store. */
public final class Sources {
    private Sources() {}

    /** The record that is being processed.
     *
     * @param value as it came
     */
    public static Source current(ProcessingContext context, Record<byte[], ?> record, byte @Nullable [] value) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        return new Source(
                at.topic(), at.partition(), at.offset(), record.timestamp(), record.key(), value, record.headers());
    }

    public static byte[] pack(Source source) {
        Packer out = new Packer()
                .putBytes(source.topic().getBytes(StandardCharsets.UTF_8))
                .putLong(source.partition())
                .putLong(source.offset())
                .putLong(source.timestamp())
                .putBytes(source.key())
                .putBytes(source.value());
        for (Header header : source.headers()) {
            out.putBytes(header.key().getBytes(StandardCharsets.UTF_8)).putBytes(header.value());
        }
        return out.toBytes();
    }

    public static Source unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        RecordHeaders headers = new RecordHeaders();
        Source source = new Source(
                new String(in.takeBytes(), StandardCharsets.UTF_8),
                (int) in.takeLong(),
                in.takeLong(),
                in.takeLong(),
                in.takeNullableBytes(),
                in.takeNullableBytes(),
                headers);
        while (in.hasMore()) {
            headers.add(new String(in.takeBytes(), StandardCharsets.UTF_8), in.takeNullableBytes());
        }
        return source;
    }
}
