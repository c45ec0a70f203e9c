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

    /** The record, whole, and why it can't go on.
     *
     * @param target the table or topic that the record was meant for */
    public byte[] value(Source source, String target, Rejection rejection) {
        Quarantine quarantined = Quarantine.newBuilder()
                .setSourceTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestamp()))
                .setKey(wrap(source.key()))
                .setValue(wrap(source.value()))
                .setHeaders(headers(source))
                .setTarget(target)
                .setStage(rejection.reason().stage().text())
                .setReason(rejection.reason().name())
                .setDetail(rejection.detail())
                .setField(rejection.field())
                .setSchemaId(rejection.schemaId())
                .setQuarantinedAt(clock.instant())
                .build();
        return new WireEncoder<>(schemaId, new SpecificDatumWriter<>(Quarantine.class)).encode(quarantined);
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
