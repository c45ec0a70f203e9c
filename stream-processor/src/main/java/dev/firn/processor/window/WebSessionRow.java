package dev.firn.processor.window;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Decimals;
import dev.firn.processor.pack.RowEncoder;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Rows of {@code gold.web_sessions}. Not for several threads. */
public final class WebSessionRow {
    public static final Schema SCHEMA = Contracts.schema("gold.web_sessions");

    /** How the rows are encoded.
     *
     * @param schemaId under which the registry holds {@link #SCHEMA} */
    public record Encoding(int schemaId) {}

    private static final int MONEY_SCALE = 2;

    private final RowEncoder encoder;

    WebSessionRow(Encoding encoding) {
        this.encoder = new RowEncoder(encoding.schemaId, SCHEMA);
    }

    byte[] encode(byte[] id, OpenSession session) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("session_id", new Utf8(id));
        row.put("started_at", session.start());
        row.put("ended_at", session.end());
        row.put("duration_ms", TimeUnit.MICROSECONDS.toMillis(session.end() - session.start()));
        row.put("customer_id", text(session.customer()));
        row.put("country", session.first().country());
        row.put("device_type", session.first().deviceType());
        row.put("events", session.events());
        row.put("pages", session.pages());
        row.put("entry_path", session.first().path());
        row.put("exit_path", session.last().text());
        row.put("bounce", session.events() == 1);
        row.put("converted", session.converted());
        row.put("revenue", Decimals.bytes(session.revenue(), MONEY_SCALE));
        row.put("currency", text(session.purchase()));
        return encoder.encode(row);
    }

    private static @Nullable Utf8 text(OpenSession.@Nullable Last said) {
        return said == null ? null : said.text();
    }
}
