package dev.firn.local.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.quarantine.Reason;
import dev.firn.sink.replay.QuarantinedRecord;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A row of the quarantine table, whole. */
record QuarantineRow(
        QuarantinedRecord record,
        String stage,
        String detail,
        @Nullable String field,
        @Nullable Integer schemaId,
        String since) {
    /** What is selected of {@code ops.quarantine}, in this order. */
    static final String COLUMNS =
            "source_topic, \"partition\", \"offset\", epoch_us(\"timestamp\"), hex(\"key\"), hex(\"value\"),"
                    + " CAST(to_json(list_transform(headers, lambda h: {'key': h.\"key\", 'value': hex(h.\"value\")})) AS VARCHAR),"
                    + " target, reason, stage, detail, field, schema_id, CAST(quarantined_at AS VARCHAR), _topic = source_topic";

    private static final ObjectMapper JSON = new ObjectMapper();

    static QuarantineRow of(ResultSet row) throws SQLException {
        return new QuarantineRow(
                record(row),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                (Integer) row.getObject(13),
                row.getString(14));
    }

    /** The coordinates of a row that the sink wrote are the source's own. */
    private static QuarantinedRecord record(ResultSet row) throws SQLException {
        return new QuarantinedRecord(
                new QuarantinedRecord.Coordinates(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)),
                bytes(row.getString(5)),
                bytes(row.getString(6)),
                headers(row.getString(7)),
                row.getString(8),
                Reason.valueOf(row.getString(9)),
                row.getBoolean(15));
    }

    private static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }

    private static List<Header> headers(String json) {
        try {
            List<Header> headers = new ArrayList<>();
            for (JsonNode header : JSON.readTree(json)) {
                headers.add(new RecordHeader(
                        header.path("key").asText(), bytes(header.path("value").textValue())));
            }
            return headers;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
