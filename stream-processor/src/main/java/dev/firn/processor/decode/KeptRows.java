package dev.firn.processor.decode;

import dev.firn.serde.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads rows that we encoded ourselves and kept, as rows of today's schema, whatever it was then. Not for several threads. */
public final class KeptRows {
    private final Schema now;
    private final PatientRegistry registry;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    public KeptRows(Schema now, Intake.Means means) {
        this.now = now;
        this.registry = new PatientRegistry(means.registry(), means.outage());
    }

    /** A row of its own.
     *
     * @param encoded in the wire format
     */
    public GenericRecord read(byte[] encoded) {
        GenericDatumReader<GenericRecord> reader = readers.computeIfAbsent(
                WireFormat.schemaId(encoded), id -> new GenericDatumReader<>(registry.byId(id), now));
        decoder = DecoderFactory.get()
                .binaryDecoder(encoded, WireFormat.HEADER, encoded.length - WireFormat.HEADER, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
    }
}
