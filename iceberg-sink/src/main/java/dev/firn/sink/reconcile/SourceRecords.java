package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which records the sources hold, as far as some ledger has come. */
final class SourceRecords {
    private final Map<Source, OffsetSet> offsets = new HashMap<>();
    private final Map<Source, SourceLog.Bounds> bounds = new HashMap<>();

    private SourceRecords() {}

    /**
     * Reads the spans, as far as they are still there.
     *
     * @param ledgers the widest span that a ledger has, per source
     * @param others who is shown the records, too
     */
    static SourceRecords read(SourceLog log, Map<Source, Span> ledgers, Collection<NewestVersions> others) {
        SourceRecords records = new SourceRecords();
        Map<Source, SourceLog.Bounds> before = log.bounds(ledgers.keySet());
        Map<Source, Span> kept = new HashMap<>();
        before.forEach((source, at) -> {
            Span span = kept(ledgers.getOrDefault(source, new Span(0, 0)), at);
            if (span.start() < span.end()) {
                kept.put(source, span);
            }
        });
        log.read(kept, (source, record) -> {
            records.add(source, record.offset());
            others.forEach(each -> each.add(source, record));
        });
        // what retention took meanwhile may have been missed
        records.bounds.putAll(log.bounds(ledgers.keySet()));
        return records;
    }

    private static Span kept(Span ledger, SourceLog.Bounds at) {
        long start = Math.max(ledger.start(), at.start());
        return new Span(start, Math.max(start, Math.min(ledger.end(), at.end())));
    }

    private void add(Source source, long offset) {
        offsets.computeIfAbsent(source, key -> new OffsetSet()).add(offset);
    }

    OffsetSet of(Source source, Span span) {
        return offsets.getOrDefault(source, new OffsetSet()).within(span.start(), span.end());
    }

    Optional<SourceLog.Bounds> bounds(Source source) {
        return Optional.ofNullable(bounds.get(source));
    }
}
