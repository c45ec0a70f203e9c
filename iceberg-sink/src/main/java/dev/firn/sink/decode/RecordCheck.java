package dev.firn.sink.decode;

import java.util.List;
import org.apache.avro.Schema;

/**
 * Whether bytes are one record of a schema: all of it, nothing behind it, and each value one that its logical type
 * allows. Immutable.
 */
public final class RecordCheck {
    private final Check record;
    private final int slots;

    private RecordCheck(Check record, int slots) {
        this.record = record;
        this.slots = slots;
    }

    /** The check for a schema.
     *
     * @param marked dotted paths of fields, each once, through records and nullable unions only, whose places are to be noted, each
     *     in the slot of its index here
     */
    public static RecordCheck of(Schema schema, List<String> marked) {
        return new RecordCheck(new CheckCompiler(marked).compile(schema), marked.size());
    }

    /** The check for values of a schema that need not be a record's. */
    static RecordCheck ofValue(Schema schema) {
        return new RecordCheck(new CheckCompiler(List.of()).compileField(schema), 0);
    }

    /** Leaves the cursor where the record begins.
     *
     * @throws dev.firn.serde.UndecodableException MALFORMED or CONVERSION_FAILED
     */
    public void check(AvroInput in, Trail trail) {
        trail.reset(slots);
        record.check(in, trail);
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes too many");
        }
        in.rewind();
    }
}
