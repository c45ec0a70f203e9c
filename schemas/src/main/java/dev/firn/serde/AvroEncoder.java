package dev.firn.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Writes records in the wire format. Safe for use by many threads. */
final class AvroEncoder {
    private static final int SCHEMAS_PER_THREAD = 256;
    private static final int LARGEST_BUFFER_KEPT = 1 << 20;

    private final SchemaIds ids;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    AvroEncoder(SchemaIds ids) {
        this.ids = ids;
    }

    byte[] encode(String topic, IndexedRecord record) {
        Scratch mine = scratch.get();
        Prepared prepared = mine.prepared(topic, record);
        try {
            byte[] encoded = mine.write(prepared, record);
            if (encoded.length > LARGEST_BUFFER_KEPT) {
                scratch.remove();
            }
            return encoded;
        } catch (IOException | RuntimeException e) {
            // Avro throws what comes up when a record does not fit its schema, and its messages hold values
            scratch.remove();
            throw new SerializationException("a record for " + topic + " does not fit its schema "
                    + record.getSchema().getFullName() + " (" + e.getClass().getSimpleName() + place(e) + ")");
        }
    }

    /** A missing value's message is its place. */
    private static String place(Exception e) {
        return e instanceof NullPointerException && e.getMessage() != null ? ": " + e.getMessage() : "";
    }

    private record Prepared(String topic, Schema schema, DatumWriter<IndexedRecord> writer, int id) {}

    private Prepared prepare(String topic, IndexedRecord record) {
        Schema schema = record.getSchema();
        GenericData model =
                record instanceof SpecificRecordBase specific ? specific.getSpecificData() : GenericData.get();
        @SuppressWarnings("unchecked") // a writer takes any object, and looks at it then
        DatumWriter<IndexedRecord> writer = (DatumWriter<IndexedRecord>) model.createDatumWriter(schema);
        return new Prepared(topic, schema, writer, ids.of(topic, schema));
    }

    /** What one thread uses again and again. */
    private final class Scratch {
        private final IdentityHashMap<Schema, Map<String, Prepared>> prepared = new IdentityHashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        private final byte[] header = new byte[WireFormat.HEADER];
        private @Nullable Prepared last;

        /** Most often the one of the record before. */
        @SuppressWarnings("ReferenceEquality") // to compare whole schemas would cost more than to write the record
        Prepared prepared(String topic, IndexedRecord record) {
            Prepared before = last;
            if (before != null && before.schema == record.getSchema() && before.topic.equals(topic)) {
                return before;
            }
            if (prepared.size() > SCHEMAS_PER_THREAD) {
                prepared.clear();
            }
            Prepared found = prepared.computeIfAbsent(
                            record.getSchema(), s -> new LeastRecentlyUsed<>(SCHEMAS_PER_THREAD))
                    .computeIfAbsent(topic, t -> prepare(t, record));
            last = found;
            return found;
        }

        byte[] write(Prepared prepared, IndexedRecord record) throws IOException {
            bytes.reset();
            WireFormat.writeHeader(header, prepared.id);
            bytes.write(header, 0, header.length);
            prepared.writer.write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}
