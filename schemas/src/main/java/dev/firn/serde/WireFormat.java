package dev.firn.serde;

import dev.firn.quarantine.Reason;
import org.jspecify.annotations.Nullable;

/** The Confluent wire format: a zero byte, the schema's id as four bytes, big-endian, then the record in Avro binary. */
public final class WireFormat {
    /** Bytes before the record. */
    public static final int HEADER = 5;

    /** The first byte of all. */
    public static final byte MAGIC = 0;

    private WireFormat() {}

    /** The id of the schema that the record was written with.
     *
     * @throws UndecodableException NULL_VALUE or BAD_MAGIC
     */
    public static int schemaId(byte @Nullable [] record) {
        if (record == null) {
            throw new UndecodableException(Reason.NULL_VALUE, "no value");
        }
        if (record.length < HEADER) {
            throw new UndecodableException(
                    Reason.BAD_MAGIC, "only " + record.length + " bytes, the header alone has " + HEADER);
        }
        if (record[0] != MAGIC) {
            throw new UndecodableException(Reason.BAD_MAGIC, "first byte is " + (record[0] & 0xff) + ", not 0");
        }
        return (record[1] & 0xff) << 24 | (record[2] & 0xff) << 16 | (record[3] & 0xff) << 8 | (record[4] & 0xff);
    }

    /** Writes the header over the first {@link #HEADER} bytes. */
    public static void writeHeader(byte[] record, int schemaId) {
        record[0] = MAGIC;
        record[1] = (byte) (schemaId >>> 24);
        record[2] = (byte) (schemaId >>> 16);
        record[3] = (byte) (schemaId >>> 8);
        record[4] = (byte) schemaId;
    }
}
