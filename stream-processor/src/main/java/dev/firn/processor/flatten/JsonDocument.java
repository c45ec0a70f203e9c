package dev.firn.processor.flatten;

import dev.firn.contract.FieldPath;
import dev.firn.processor.pack.Packer;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/**
 * Writes records of one schema as JSON: timestamps, dates and times in ISO 8601, decimals as plain numbers with all their
 * digits, bytes in Base64, a union's value without its type; numbers that JSON has not (NaN, infinite) as null. Not for
 * several threads.
 */
public final class JsonDocument {
    private final Json json;
    private final Packer buffer = new Packer();

    private JsonDocument(Json json) {
        this.json = json;
    }

    /** For records of the schema, without the fields at these paths. */
    public static JsonDocument of(Schema record, Set<FieldPath> without) {
        return new JsonDocument(new JsonPlanner(without).plan(record, FieldPath.ROOT));
    }

    public Utf8 write(IndexedRecord record) {
        buffer.reset();
        json.write(record, buffer);
        return new Utf8(buffer.toBytes());
    }
}
