package dev.firn.sink.quarantine;

import dev.firn.contract.Contracts;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Rejects in Avro, by the contract of the quarantine table. */
final class RejectEncoder {
    static final Schema SCHEMA = Contracts.schema("ops.quarantine");

    private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(SCHEMA);

    byte[] encode(Reject reject) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(row(reject), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static GenericRecord row(Reject reject) {
        ConsumerRecord<byte[], byte[]> source = reject.record();
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("source_topic", source.topic());
        row.put("partition", source.partition());
        row.put("offset", source.offset());
        row.put("timestamp", source.timestamp() * 1_000);
        row.put("key", buffer(source.key()));
        row.put("value", buffer(source.value()));
        row.put("headers", headers(source));
        row.put("target", reject.target());
        row.put("stage", reject.why().reason().stage().text());
        row.put("reason", reject.why().reason().name());
        row.put("detail", reject.why().detail());
        row.put("field", reject.why().field());
        row.put("schema_id", schemaId(source.value()));
        row.put("quarantined_at", ChronoUnit.MICROS.between(Instant.EPOCH, reject.at()));
        row.put("topic_id", reject.topicId().orElse(null));
        return row;
    }

    private static List<GenericRecord> headers(ConsumerRecord<byte[], byte[]> source) {
        Schema header = SCHEMA.getField("headers").schema().getElementType();
        return StreamSupport.stream(source.headers().spliterator(), false)
                .map(each -> header(header, each))
                .toList();
    }

    private static GenericRecord header(Schema schema, Header header) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("key", header.key());
        row.put("value", buffer(header.value()));
        return row;
    }

    private static @Nullable Integer schemaId(byte @Nullable [] value) {
        try {
            return value == null ? null : WireFormat.schemaId(value);
        } catch (UndecodableException e) {
            return null;
        }
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
