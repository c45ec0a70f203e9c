package dev.firn.local.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SingleValueParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table's columns in DuckDB's words. Data files are read by field id, whatever a column was called when the file was
 * written; in between a column goes by a name made of its id, so that it can't clash with those that DuckDB adds.
 *
 * @param table the schema that is shown
 * @param files the schema of the files that are read
 */
record Projection(Schema table, Schema files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The {@code schema} argument of {@code read_parquet}. */
    String byFieldId() {
        return columns(field -> field.fieldId() + ": {name: '" + inner(field) + "', type: "
                + Sql.text(DuckType.of(read(field))) + ", default_value: " + initialDefault(field) + "}");
    }

    /** The select list over {@link #byFieldId()}. */
    String select() {
        return columns(
                field -> Conversion.of(inner(field), read(field), field.type()) + " AS " + Sql.name(field.name()));
    }

    /** The select list of the same columns when there is no file to read them from. */
    String selectNulls() {
        return columns(field -> "CAST(NULL AS " + DuckType.of(field.type()) + ") AS " + Sql.name(field.name()));
    }

    private String columns(Function<NestedField, String> column) {
        return table.columns().stream().map(column).collect(Collectors.joining(", "));
    }

    /** DuckDB widens plain values while it reads; what is nested must be read as it was written. */
    private Type read(NestedField field) {
        NestedField written = files.findField(field.fieldId());
        return written == null || field.type().isPrimitiveType() ? field.type() : written.type();
    }

    private static String inner(NestedField field) {
        return "field_" + field.fieldId();
    }

    private static String initialDefault(NestedField field) {
        Object value = field.initialDefault();
        if (value == null) {
            return "CAST(NULL AS VARCHAR)";
        }
        try {
            return Sql.text(
                    JSON.readTree(SingleValueParser.toJson(field.type(), value)).asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
