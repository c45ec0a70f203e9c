package dev.firn.processor.dimension;

import dev.firn.contract.Contract;
import dev.firn.processor.decode.Target;
import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.pack.Utf8s;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Rows of one dimension: where its columns are, made ready. Not for several threads. */
final class DimensionRows {
    /** Columns that tell of the version; the surrogate key is the contract's key. */
    static final List<String> OF_VERSION = List.of("version", "valid_from", "valid_to", "is_current");

    private static final int KEY_DIGITS = 32;
    private static final Utf8 NO_KEY = new Utf8("");

    private final int id;
    private final int key;
    private final int number;
    private final int from;
    private final int to;
    private final int current;
    private final RowEncoder encoder;
    private final MessageDigest sha256 = sha256();

    /** @param id column of the business key */
    DimensionRows(Target target, String id) {
        Schema schema = target.schema();
        this.id = schema.getField(id).pos();
        this.key = schema.getField(surrogate(schema)).pos();
        this.number = schema.getField("version").pos();
        this.from = schema.getField("valid_from").pos();
        this.to = schema.getField("valid_to").pos();
        this.current = schema.getField("is_current").pos();
        this.encoder = new RowEncoder(target.schemaId(), schema);
    }

    /** The column of the surrogate key. */
    static String surrogate(Schema schema) {
        return Contract.of(schema).key().get(0);
    }

    /** The business key. */
    byte[] id(GenericRecord row) {
        return Utf8s.bytes((Utf8) row.get(id));
    }

    /** Makes the row one that says nothing of a version. */
    void clear(GenericRecord row) {
        row.put(key, NO_KEY);
        row.put(number, 0);
        row.put(from, 0L);
        row.put(to, null);
        row.put(current, false);
    }

    /** The row of a version.
     *
     * @param attributes a row to be filled in
     */
    byte[] encode(GenericRecord attributes, byte[] surrogate, Version version) {
        attributes.put(key, new Utf8(surrogate));
        attributes.put(number, version.number());
        attributes.put(from, version.from());
        attributes.put(to, version.isCurrent() ? null : version.to());
        attributes.put(current, version.isCurrent());
        return encoder.encode(attributes);
    }

    /** The same for an entity and a time, always. */
    byte[] surrogate(byte[] entity, long validFrom) {
        sha256.update(entity);
        sha256.update((byte) '|');
        byte[] hash = sha256.digest(Long.toString(validFrom).getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS).getBytes(StandardCharsets.US_ASCII);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
