package dev.firn.serde;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of records in the wire format. Safe for use by many threads; each has its own readers, so that nothing is
 * allocated per record but the object.
 */
public final class AvroDecoder<T> {
    private static final int SCHEMAS_PER_THREAD = 256;

    private final SchemaRegistry registry;
    private final Readers readers;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    AvroDecoder(SchemaRegistry registry, Readers readers) {
        this.registry = registry;
        this.readers = readers;
    }

    /** Generic records with the schema they were written with. */
    public static AvroDecoder<GenericRecord> generic(SchemaRegistry registry) {
        return new AvroDecoder<>(registry, Readers.genericRecords());
    }

    /** Records of the class, with its schema, whatever compatible schema they were written with. */
    public static <T extends SpecificRecord> AvroDecoder<T> specific(SchemaRegistry registry, Class<T> type) {
        return new AvroDecoder<>(registry, Readers.of(type));
    }

    /** Decodes one record.
     *
     * @throws UndecodableException if that can't be done, now or later
     * @throws RegistryUnavailableException if the schema is not known yet and the registry can't be asked for it
     */
    public T decode(byte @Nullable [] record) {
        int id = WireFormat.schemaId(record);
        Scratch mine = scratch.get();
        Prepared prepared = mine.prepared(id);
        return read(prepared, mine, Objects.requireNonNull(record));
    }

    private T read(Prepared prepared, Scratch mine, byte[] record) {
        try {
            mine.decoder = DecoderFactory.get()
                    .binaryDecoder(record, WireFormat.HEADER, record.length - WireFormat.HEADER, mine.decoder);
            @SuppressWarnings("unchecked") // the readers were chosen for T
            T decoded = (T) prepared.reader.read(null, mine.decoder);
            if (mine.decoder.isEnd()) {
                return decoded;
            }
        } catch (SecurityException e) {
            // a class that Avro was not told to trust: says nothing about the bytes
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro throws whatever comes up when bytes are not what the schema says: end of file, number format, index,
            // cast, and overflow where a type contains itself
            throw prepared.undecodable(e.getClass().getSimpleName());
        }
        throw prepared.undecodable("bytes are left over");
    }

    /** A reader for records of one schema. */
    private record Prepared(DatumReader<?> reader, Schema writer, boolean compatible) {
        /** Says what happened, but not Avro's message: it may hold a value. */
        UndecodableException undecodable(String what) {
            return compatible
                    ? new UndecodableException(Reason.MALFORMED, "is no " + writer.getFullName() + ": " + what)
                    : new UndecodableException(
                            Reason.INCOMPATIBLE_SCHEMA,
                            "its schema, " + writer.getFullName() + ", is not the reader's");
        }
    }

    private Prepared prepare(int id) {
        Schema writer;
        try {
            writer = registry.byId(id);
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA_ID, "schema id " + id + " is not in the registry", e);
        }
        Readers.Target target = readers.of(writer);
        boolean compatible = SchemaCompatibility.checkReaderWriterCompatibility(target.schema(), writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
        return new Prepared(target.reader(), writer, compatible);
    }

    /** What one thread uses again and again. */
    private final class Scratch {
        private final LeastRecentlyUsed<Integer, Prepared> prepared = new LeastRecentlyUsed<>(SCHEMAS_PER_THREAD);
        private @Nullable BinaryDecoder decoder;
        private @Nullable Prepared last;
        private int lastId;

        /** Most often the one of the record before. */
        Prepared prepared(int id) {
            if (last != null && lastId == id) {
                return last;
            }
            Prepared found = prepared.computeIfAbsent(id, AvroDecoder.this::prepare);
            last = found;
            lastId = id;
            return found;
        }
    }
}
