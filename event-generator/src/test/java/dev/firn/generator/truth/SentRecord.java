package dev.firn.generator.truth;

import dev.firn.generator.sequence.Topic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** A record as a consumer finds it: nothing but topic, partition and bytes. */
final class SentRecord {
    private final Topic topic;
    private final int partition;
    private final byte @Nullable [] value;

    SentRecord(Topic topic, int partition, byte @Nullable [] value) {
        this.topic = topic;
        this.partition = partition;
        this.value = value;
    }

    Topic topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    byte @Nullable [] value() {
        return value;
    }

    /** The reason why it can't be read, or null if it can. */
    @Nullable
    String unreadable(int schemaId) {
        if (value == null) {
            return "NULL_VALUE";
        }
        if (value.length < 5 || value[0] != 0) {
            return "BAD_MAGIC";
        }
        if (ByteBuffer.wrap(value).getInt(1) != schemaId) {
            return "UNKNOWN_SCHEMA_ID";
        }
        return record() == null ? "MALFORMED" : null;
    }

    /** The record, if the bytes are one and nothing more. */
    @Nullable
    GenericRecord record() {
        byte[] bytes = value == null ? new byte[0] : value;
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(topic.schema()).read(null, decoder);
            return decoder.isEnd() ? record : null;
        } catch (java.io.IOException | AvroRuntimeException e) {
            return null;
        }
    }

    /** A value below the record, or null. */
    static @Nullable Object at(GenericRecord record, String path) {
        Object value = record;
        for (String name : path.split("\\.", -1)) {
            value = value == null ? null : ((GenericRecord) value).get(name);
        }
        return value;
    }

    static @Nullable String text(GenericRecord record, String path) {
        Object value = at(record, path);
        return value == null ? null : value.toString();
    }

    static long number(GenericRecord record, String path) {
        return ((Number) java.util.Objects.requireNonNull(at(record, path))).longValue();
    }

    static @Nullable BigDecimal decimal(GenericRecord record, String path, int scale) {
        ByteBuffer bytes = (ByteBuffer) at(record, path);
        if (bytes == null) {
            return null;
        }
        byte[] unscaled = new byte[bytes.remaining()];
        bytes.duplicate().get(unscaled);
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
