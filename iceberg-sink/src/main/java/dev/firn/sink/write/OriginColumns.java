package dev.firn.sink.write;

import dev.firn.sink.decode.BigEndian;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes where a record came from. Immutable. */
final class OriginColumns {
    private static final long MICROS_PER_MILLI = 1000;

    private final List<Column> columns = new ArrayList<>();
    private final @Nullable OriginHeaders headers;
    private final boolean hasLongKeys;

    private record Column(SourceColumn source, int column, int definition) {}

    OriginColumns(TableKind kind, Schema table, ParquetColumns parquet) {
        for (SourceColumn source : kind.columns()) {
            if (source != SourceColumn.HEADERS) {
                int column = parquet.of(table.findField(source.column()).fieldId());
                columns.add(new Column(source, column, parquet.definition(column)));
            }
        }
        hasLongKeys = kind.in(table).keys() == KeyFormat.LONG;
        headers = kind.columns().contains(SourceColumn.HEADERS)
                ? new OriginHeaders(table.findField(SourceColumn.HEADERS.column()), parquet)
                : null;
    }

    void write(Row row, Columns out) {
        for (Column column : columns) {
            write(column, row, out);
        }
        if (headers != null) {
            headers.write(row.source().headers(), out);
        }
    }

    private void write(Column at, Row row, Columns out) {
        ConsumerRecord<byte[], byte[]> record = row.source();
        int column = at.column();
        int definition = at.definition();
        switch (at.source()) {
            case TOPIC -> bytes(out.constant(record.topic()), column, definition, out);
            case PARTITION -> out.at(column).write(record.partition(), 0, definition);
            case OFFSET -> out.at(column).write(record.offset(), 0, definition);
            case TIMESTAMP -> out.at(column).write(record.timestamp() * MICROS_PER_MILLI, 0, definition);
            case KEY -> key(row.key(), column, definition, out);
            case SCHEMA_ID -> schemaId(row.schemaId(), column, definition, out);
            case HEADERS -> throw new IllegalStateException("headers have several columns");
        }
    }

    private void key(byte @Nullable [] key, int column, int definition, Columns out) {
        if (key != null && hasLongKeys) {
            out.at(column).write(BigEndian.signed(key, 0, key.length), 0, definition);
        } else {
            bytes(key, column, definition, out);
        }
    }

    private static void bytes(byte @Nullable [] bytes, int column, int definition, Columns out) {
        if (bytes == null) {
            out.at(column).writeNull(0, definition - 1);
        } else {
            out.at(column).write(bytes, 0, bytes.length, 0, definition);
        }
    }

    private static void schemaId(int id, int column, int definition, Columns out) {
        if (id == Row.NO_SCHEMA_ID) {
            out.at(column).writeNull(0, definition - 1);
        } else {
            out.at(column).write(id, 0, definition);
        }
    }
}
