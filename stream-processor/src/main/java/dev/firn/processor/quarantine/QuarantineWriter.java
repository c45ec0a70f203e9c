package dev.firn.processor.quarantine;

import dev.firn.ops.Header;
import dev.firn.ops.Quarantine;
import dev.firn.processor.pack.WireEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Makes the records of the quarantine topic. Safe for several threads. */
public final class QuarantineWriter {
    /** Leaves room for what else is said of a record. */
    private static final int LARGEST = 4_000_000;

    private static final String CUT = "; too large to be kept here: it is where it came from";

    private final int schemaId;
    private final Clock clock;

    /** A writer of values in the wire format.
     *
     * @param schemaId under which the registry holds {@link Quarantine} */
    public QuarantineWriter(int schemaId, Clock clock) {
        this.schemaId = schemaId;
        this.clock = clock;
    }

    /** The coordinates, which tell a record from all others. */
    public byte[] key(Source source) {
        return (source.topic() + "-" + source.partition() + "-" + source.offset()).getBytes(StandardCharsets.UTF_8);
    }

    /** The record, and why it can't go on: whole, as far as Kafka lets it through here. What is missing is where it came from.
     *
     * @param target the table or topic that the record was meant for */
    public byte[] value(Source source, String target, Rejection rejection) {
        long besides = length(source.key()) + headerBytes(source);
        boolean whole = besides + length(source.value()) <= LARGEST;
        boolean keyed = besides <= LARGEST;
        Quarantine quarantined = Quarantine.newBuilder()
                .setSourceTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestamp()))
                .setKey(keyed ? wrap(source.key()) : null)
                .setValue(whole ? wrap(source.value()) : null)
                .setHeaders(keyed ? headers(source) : List.of())
                .setTarget(target)
                .setStage(rejection.reason().stage().text())
                .setReason(rejection.reason().name())
                .setDetail(whole ? rejection.detail() : rejection.detail() + CUT)
                .setField(rejection.field())
                .setSchemaId(rejection.schemaId())
                .setQuarantinedAt(clock.instant())
                .build();
        return new WireEncoder<>(schemaId, new SpecificDatumWriter<>(Quarantine.class)).encode(quarantined);
    }

    private static long headerBytes(Source source) {
        long size = 0;
        for (org.apache.kafka.common.header.Header header : source.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static List<Header> headers(Source source) {
        List<Header> headers = new ArrayList<>();
        source.headers()
                .forEach(header -> headers.add(Header.newBuilder()
                        .setKey(header.key())
                        .setValue(wrap(header.value()))
                        .build()));
        return headers;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
