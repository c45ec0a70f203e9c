package dev.firn.processor;

import dev.firn.serde.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Messages as Avro's own reader reads them. */
public final class Wire {
    private Wire() {}

    /** What follows the header. */
    public static GenericRecord decode(Schema schema, byte[] message) {
        int length = message.length - WireFormat.HEADER;
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(message, WireFormat.HEADER, length, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
