package dev.firn.sink.reconcile;

import dev.firn.sink.commit.RejectSource;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import dev.firn.sink.table.SharedTopics;
import java.util.Map;

/**
 * What other tables took of a source that several tables share.
 *
 * @param rows that they have
 * @param quarantined that the sink rejected for them
 * @param end up to which all of them have followed it
 */
record OtherShares(OffsetSet rows, OffsetSet quarantined, long end) {
    static final OtherShares NONE = new OtherShares(new OffsetSet(), new OffsetSet(), Long.MAX_VALUE);

    /** What others than the table took.
     *
     * @param tables all that are compared
     */
    static OtherShares of(TableState table, Source source, Map<TableState, HeldRows> tables, QuarantinedRows rejected) {
        if (!shares(table, source)) {
            return NONE;
        }
        OffsetSet rows = new OffsetSet();
        long end = Long.MAX_VALUE;
        for (Map.Entry<TableState, HeldRows> each : tables.entrySet()) {
            Span span = each.getKey().ledger().held().get(source);
            if (!each.getKey().name().equals(table.name()) && span != null && shares(each.getKey(), source)) {
                rows = rows.or(each.getValue().of(source));
                end = Math.min(end, span.end());
            }
        }
        return new OtherShares(rows, quarantined(table, source, rejected), end);
    }

    private static boolean shares(TableState table, Source source) {
        return SharedTopics.of(table.table()).contains(source.topic());
    }

    private static OffsetSet quarantined(TableState table, Source source, QuarantinedRows rejected) {
        OffsetSet others = new OffsetSet();
        for (RejectSource each : rejected.bySink().keySet()) {
            if (each.source().equals(source) && !each.target().equals(table.name())) {
                for (OffsetSet offsets : rejected.bySink(each)) {
                    others = others.or(offsets);
                }
            }
        }
        return others;
    }
}
