package dev.firn.sink.write;

import dev.firn.sink.table.SourceColumn;
import org.apache.iceberg.types.Types;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Writes a record's headers as a list of structs. Immutable. */
final class OriginHeaders {
    private final int key;
    private final int keyDefinition;
    private final int value;
    private final int valueDefinition;
    private final int emptyDefinition;

    OriginHeaders(Types.NestedField field, ParquetColumns parquet) {
        Types.StructType header = field.type().asListType().elementType().asStructType();
        key = parquet.of(header.field(SourceColumn.HEADER_KEY).fieldId());
        keyDefinition = parquet.definition(key);
        value = parquet.of(header.field(SourceColumn.HEADER_VALUE).fieldId());
        valueDefinition = parquet.definition(value);
        emptyDefinition = field.isOptional() ? 1 : 0;
    }

    void write(Headers headers, Columns out) {
        int repetition = 0;
        for (Header header : headers) {
            byte[] name = out.constant(header.key());
            out.at(key).write(name, 0, name.length, repetition, keyDefinition);
            byte[] bytes = header.value();
            if (bytes == null) {
                out.at(value).writeNull(repetition, valueDefinition - 1);
            } else {
                out.at(value).write(bytes, 0, bytes.length, repetition, valueDefinition);
            }
            repetition = 1;
        }
        if (repetition == 0) {
            out.at(key).writeNull(0, emptyDefinition);
            out.at(value).writeNull(0, emptyDefinition);
        }
    }
}
