package dev.firn.local.quarantine;

import dev.firn.local.query.Format;
import dev.firn.local.query.Query;
import dev.firn.local.query.Warehouse;
import dev.firn.quarantine.Replay;
import dev.firn.sink.replay.QuarantinedRecord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What {@code ops.quarantine} holds now. */
final class QuarantineTable {
    private static final String FIRST = "coalesce(decode(list_filter(headers, lambda h: h.\"key\" = '" + Replay.HEADER
            + "')[1]['value']), source_topic || '-' || \"partition\" || '-' || \"offset\")";

    private static final String ROWS = "(SELECT *, " + FIRST + " AS first_at, regexp_replace(" + FIRST
            + ", '-[0-9]+-[0-9]+$', '') AS first_topic" + " FROM ops.quarantine)";

    private final Warehouse warehouse;

    QuarantineTable(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** How many, by topic, target and reason. */
    void printCounts(Selection selection, Format format, PrintWriter out) {
        String sql = "SELECT first_topic AS topic, target, reason, count(*) AS records,"
                + " min(quarantined_at) AS first, max(quarantined_at) AS last FROM " + ROWS
                + " WHERE " + selection.condition() + " GROUP BY ALL ORDER BY ALL";
        Query.print(warehouse, sql, format, out);
    }

    /** The newest ones. */
    void printNewest(Selection selection, int limit, Format format, PrintWriter out) {
        String sql =
                "SELECT source_topic || '-' || \"partition\" || '-' || \"offset\" AS record, target, reason, detail,"
                        + " quarantined_at, nullif(first_at, record) AS replayed_from FROM " + ROWS
                        + " WHERE " + selection.condition() + " ORDER BY quarantined_at DESC, record LIMIT " + limit;
        Query.print(warehouse, sql, format, out);
    }

    /** Each record once for each target, those of a partition in its order. */
    void each(Selection selection, Consumer<QuarantinedRecord> visitor) {
        Query.each(
                warehouse,
                "SELECT " + QuarantineRow.COLUMNS + " FROM " + ROWS + " WHERE " + selection.condition()
                        + " ORDER BY source_topic, \"partition\", \"offset\", target",
                row -> visitor.accept(QuarantineRow.of(row).record()));
    }

    /** Those that were read from there, one for each target. */
    List<QuarantineRow> at(String coordinates) {
        List<QuarantineRow> found = new ArrayList<>();
        Query.each(
                warehouse,
                "SELECT " + QuarantineRow.COLUMNS + " FROM ops.quarantine WHERE source_topic || '-' || \"partition\" ||"
                        + " '-' || \"offset\" = " + Selection.text(coordinates) + " ORDER BY target",
                row -> found.add(QuarantineRow.of(row)));
        return found;
    }
}
