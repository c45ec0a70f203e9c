package dev.firn.processor.silver;

import dev.firn.contract.FieldRule;
import dev.firn.processor.dedup.Timed;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Fills the {@link SilverColumns} of rows, those that they have. Not for several threads. */
public final class Completion {
    private static final int NONE = -1;

    private final Utf8 piiKey;
    private @Nullable Schema schema;
    private int late = NONE;
    private int warnings = NONE;
    private int key = NONE;
    private int doc = NONE;

    /** @param piiKey id of the key that personal data is hashed with */
    public Completion(String piiKey) {
        this.piiKey = new Utf8(piiKey);
    }

    /** Completes the record's row. */
    // an equal schema that is another has the same columns
    @SuppressWarnings("ReferenceEquality")
    public void complete(Timed timed) {
        GenericRecord row = timed.flat().row();
        if (row.getSchema() != schema) {
            learn(row.getSchema());
        }
        put(row, late, timed.late());
        put(row, warnings, texts(timed.warnings()));
        put(row, key, piiKey);
        put(row, doc, timed.flat().document());
    }

    private void learn(Schema rows) {
        schema = rows;
        late = position(rows, SilverColumns.LATE);
        warnings = position(rows, SilverColumns.WARNINGS);
        key = position(rows, SilverColumns.PII_KEY);
        doc = position(rows, SilverColumns.DOC);
    }

    private static int position(Schema rows, String column) {
        Schema.Field field = rows.getField(column);
        return field == null ? NONE : field.pos();
    }

    private static List<Utf8> texts(List<FieldRule> warnings) {
        return warnings.isEmpty()
                ? List.of()
                : warnings.stream()
                        .map(warning -> new Utf8(warning.path() + " " + warning.text()))
                        .toList();
    }

    private static void put(GenericRecord row, int position, Object value) {
        if (position != NONE) {
            row.put(position, value);
        }
    }
}
