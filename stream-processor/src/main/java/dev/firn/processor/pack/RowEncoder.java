package dev.firn.processor.pack;

import dev.firn.serde.WireFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Encodes rows of one schema in the wire format, byte for byte as Avro's generic writer does without conversions of logical
 * types. What Avro's finds out for each value anew is planned once. Reused; not for several threads.
 */
public final class RowEncoder {
    private static final byte[] HEADER = new byte[WireFormat.HEADER];

    private final int schemaId;
    private final AvroForm form;
    private final Packer out = new Packer();

    public RowEncoder(int schemaId, Schema schema) {
        this.schemaId = schemaId;
        this.form = new AvroForms().of(schema);
    }

    /** The row in the wire format.
     *
     * @param row of the schema
     * @throws RuntimeException if a value is not of its field's type
     */
    public byte[] encode(IndexedRecord row) {
        form.write(row, out.reset().putRaw(HEADER, HEADER.length));
        byte[] bytes = out.toBytes();
        WireFormat.writeHeader(bytes, schemaId);
        return bytes;
    }
}
