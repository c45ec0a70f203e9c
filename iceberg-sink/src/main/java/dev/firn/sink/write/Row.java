package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;
import dev.firn.sink.decode.RecordCheck;
import dev.firn.sink.decode.Trail;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The record that is being written. One per writer, filled anew for each record. */
final class Row {
    static final int NO_SCHEMA_ID = -1;

    final AvroInput input = new AvroInput();
    final Trail trail = new Trail();
    private @Nullable RowPlan plan;
    private @Nullable ConsumerRecord<byte[], byte[]> source;
    private byte @Nullable [] key;
    private int schemaId;
    private int size;

    /** Takes up a record, and checks it: throws for a bad one. */
    void read(RowPlan how, byte[] datum, int from, ConsumerRecord<byte[], byte[]> origin, int schema) {
        plan = how;
        read(how.check(), datum, from, origin, schema);
    }

    /** The same for what becomes no row, and only has a key. */
    void read(RecordCheck check, byte[] datum, int from, ConsumerRecord<byte[], byte[]> origin, int schema) {
        source = origin;
        schemaId = schema;
        size = datum.length;
        input.reset(datum, from);
        check.check(input, trail);
    }

    /** Takes up a record again that was checked before. What was marked is not known any more. */
    void again(RowPlan how, byte[] datum, int from, ConsumerRecord<byte[], byte[]> origin, int schema) {
        plan = how;
        source = origin;
        schemaId = schema;
        size = datum.length;
        input.reset(datum, from);
    }

    /** Where in its bytes the record begins. */
    int start() {
        return input.position();
    }

    /** Of Kafka's record, as its column takes it; null if there is none. */
    byte @Nullable [] key() {
        return key;
    }

    void key(byte @Nullable [] bytes) {
        key = bytes;
    }

    RowPlan plan() {
        return Objects.requireNonNull(plan);
    }

    ConsumerRecord<byte[], byte[]> source() {
        return Objects.requireNonNull(source);
    }

    /** Of the record, in Avro. */
    int size() {
        return size;
    }

    /** {@link #NO_SCHEMA_ID} if the registry has not seen the schema. */
    int schemaId() {
        return schemaId;
    }
}
