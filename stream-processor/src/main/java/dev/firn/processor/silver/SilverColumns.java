package dev.firn.processor.silver;

import dev.firn.contract.Contract;
import dev.firn.contract.Pii;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** The columns that every silver table has beside those of its records. */
public final class SilverColumns {
    /** Later than the grace of its partition's time line. */
    public static final String LATE = "is_late";

    /** Rules that the record fails and that only warn. */
    public static final String WARNINGS = "_warnings";

    /** Which key personal data was hashed with. */
    public static final String PII_KEY = "_pii_key";

    /** The whole original, masked, as JSON. */
    public static final String DOC = "_doc";

    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    private SilverColumns() {}

    /** Those that the rows of a contract have: a key's id only where something is hashed. */
    static List<Schema.Field> of(Contract contract) {
        List<Schema.Field> columns = new ArrayList<>();
        columns.add(new Schema.Field(
                LATE,
                Schema.create(Schema.Type.BOOLEAN),
                "Older than its partition's newest by more than the grace.",
                false));
        columns.add(new Schema.Field(
                WARNINGS, Schema.createArray(STRING), "Rules that it fails, and that only warn.", List.of()));
        if (contract.pii().containsValue(Pii.HASH)) {
            columns.add(new Schema.Field(
                    PII_KEY,
                    Schema.createUnion(Schema.create(Schema.Type.NULL), STRING),
                    "Id of the key that personal data is hashed with.",
                    JsonProperties.NULL_VALUE));
        }
        columns.add(new Schema.Field(DOC, STRING, "The whole original, masked, as JSON.", ""));
        return columns;
    }
}
