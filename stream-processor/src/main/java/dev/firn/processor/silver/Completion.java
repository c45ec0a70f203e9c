package dev.firn.processor.silver;

import dev.firn.contract.FieldRule;
import dev.firn.processor.dedup.Timed;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Fills the {@link SilverColumns} of rows, those that they have. Safe for several threads. */
public final class Completion {
    private static final int NONE = -1;

    /** Where the columns of a schema's rows are. */
    private record Columns(Schema rows, int late, int warnings, int key, int doc) {
        static Columns of(Schema rows) {
            return new Columns(
                    rows,
                    position(rows, SilverColumns.LATE),
                    position(rows, SilverColumns.WARNINGS),
                    position(rows, SilverColumns.PII_KEY),
                    position(rows, SilverColumns.DOC));
        }

        private static int position(Schema rows, String column) {
            Schema.Field field = rows.getField(column);
            return field == null ? NONE : field.pos();
        }
    }

    private final Utf8 piiKey;

    /** Those of the last row. Replaced whole, so that no thread sees one schema with the positions of another. */
    private @Nullable Columns last;

    /** @param piiKey id of the key that personal data is hashed with */
    public Completion(String piiKey) {
        this.piiKey = new Utf8(piiKey);
    }

    /** Completes the record's row. */
    public void complete(Timed timed) {
        GenericRecord row = timed.flat().row();
        Columns columns = columns(row.getSchema());
        put(row, columns.late, timed.late());
        put(row, columns.warnings, texts(timed.warnings()));
        put(row, columns.key, piiKey);
        put(row, columns.doc, timed.flat().document());
    }

    // an equal schema that is another has the same columns
    @SuppressWarnings("ReferenceEquality")
    private Columns columns(Schema rows) {
        Columns columns = last;
        if (columns == null || columns.rows != rows) {
            columns = Columns.of(rows);
            last = columns;
        }
        return columns;
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
