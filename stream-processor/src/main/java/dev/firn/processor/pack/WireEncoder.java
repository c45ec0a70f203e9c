package dev.firn.processor.pack;

import dev.firn.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;

/** Encodes records of one schema in the wire format. Reused; not for several threads. */
public final class WireEncoder<T> {
    private static final int BUFFER = 2048;

    private final int schemaId;
    private final DatumWriter<T> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);

    public WireEncoder(int schemaId, DatumWriter<T> writer) {
        this.schemaId = schemaId;
        this.writer = writer;
    }

    public byte[] encode(T record) {
        out.reset();
        out.write(WireFormat.MAGIC);
        out.writeBytes(new byte[WireFormat.HEADER - 1]);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        byte[] bytes = out.toByteArray();
        WireFormat.writeHeader(bytes, schemaId);
        return bytes;
    }
}
