package dev.firn.sink.commit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Ledgers after decisions. Pure: what a decision does depends on the ledger that it is committed over.
 *
 * @param table that is decided about
 * @param by who decides
 * @param topics looks at topics by their names
 * @param lastRows offsets of the last row that the table has of each source
 */
record Deciding(
        Decision.Kind kind,
        String table,
        String by,
        Instant at,
        Function<Set<String>, SourcesNow> topics,
        Supplier<Map<Source, Long>> lastRows) {
    /** The table's ledger with the decision; empty if there is nothing of the kind to decide. */
    Optional<Ledger> on(Ledger ledger) {
        SourcesNow now =
                topics.apply(ledger.held().keySet().stream().map(Source::topic).collect(Collectors.toSet()));
        return switch (kind) {
            case ACCEPT_NEW_SOURCE -> acceptNewSource(ledger, now);
            case ACCEPT_PARTITIONS -> acceptPartitions(ledger, now);
            case SKIP_LOST_RECORDS -> skipLostRecords(ledger, now);
            case RESUME_AFTER_ROWS -> Optional.of(resumeAfterRows(ledger, now));
            case KEEP_POSITION ->
                ledger.held().isEmpty()
                        ? Optional.empty()
                        : Optional.of(decided(ledger, now, ledger.partitions(), ledger.held(), ledger.held()));
            case START_OVER -> Optional.of(decided(ledger, now, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
        };
    }

    /** Another table's ledger with the decision. */
    Optional<Ledger> elsewhere(Ledger ledger) {
        return Optional.of(ledger.plus(new Decision(kind, table, by, at, new TreeMap<>())));
    }

    private Optional<Ledger> acceptNewSource(Ledger ledger, SourcesNow now) {
        SortedMap<Source, Span> held = new TreeMap<>(ledger.held());
        SortedMap<Source, Span> former = new TreeMap<>();
        ledger.held().forEach((source, span) -> {
            if (isAnother(ledger, now, source, span)) {
                former.put(source, span);
                Optional.ofNullable(now.bounds().get(source))
                        .ifPresentOrElse(
                                bounds -> held.put(source, new Span(bounds.start(), bounds.start())),
                                () -> held.remove(source));
            }
        });
        if (former.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, Integer> partitions = new TreeMap<>(ledger.partitions());
        former.keySet().forEach(source -> partitions.remove(source.topic()));
        return Optional.of(decided(ledger, now, partitions, held, former));
    }

    private boolean isAnother(Ledger ledger, SourcesNow now, Source source, Span span) {
        String id = ledger.topicIds().get(source.topic());
        boolean otherTopic = id != null && !id.equals(now.topicIds().getOrDefault(source.topic(), id));
        boolean otherCluster = ledger.cluster().isPresent() && !ledger.cluster().equals(now.cluster());
        Span bounds = now.bounds().getOrDefault(source, span);
        return otherTopic || otherCluster || bounds.end() < span.end();
    }

    private Optional<Ledger> acceptPartitions(Ledger ledger, SourcesNow now) {
        SortedMap<String, Integer> partitions = new TreeMap<>(ledger.partitions());
        partitions.replaceAll((topic, before) -> Math.max(before, now.partitions(topic)));
        return partitions.equals(ledger.partitions())
                ? Optional.empty()
                : Optional.of(decided(ledger, now, partitions, ledger.held(), new TreeMap<>()));
    }

    private Optional<Ledger> skipLostRecords(Ledger ledger, SourcesNow now) {
        SortedMap<Source, Span> held = new TreeMap<>(ledger.held());
        SortedMap<Source, Span> lost = new TreeMap<>();
        ledger.held().forEach((source, span) -> {
            long begin = now.bounds().getOrDefault(source, span).start();
            if (begin > span.end()) {
                lost.put(source, new Span(span.end(), begin));
                held.put(source, new Span(span.start(), begin));
            }
        });
        return lost.isEmpty() ? Optional.empty() : Optional.of(decided(ledger, now, ledger.partitions(), held, lost));
    }

    private Ledger resumeAfterRows(Ledger ledger, SourcesNow now) {
        SortedMap<Source, Span> held = new TreeMap<>();
        SortedMap<Source, Span> again = new TreeMap<>();
        Map<Source, Long> rows = lastRows.get();
        ledger.held().forEach((source, span) -> {
            long end = Math.max(span.start(), rows.getOrDefault(source, -1L) + 1);
            held.put(source, new Span(span.start(), end));
            if (end < span.end()) {
                again.put(source, new Span(end, span.end()));
            }
        });
        return decided(ledger, now, ledger.partitions(), held, again);
    }

    private Ledger decided(
            Ledger ledger,
            SourcesNow now,
            SortedMap<String, Integer> partitions,
            SortedMap<Source, Span> held,
            SortedMap<Source, Span> spans) {
        SortedMap<String, String> ids = new TreeMap<>(ledger.topicIds());
        ids.putAll(now.topicIds());
        return new Ledger(
                        now.cluster().or(ledger::cluster), ids, partitions, held, ledger.rejects(), ledger.decisions())
                .plus(new Decision(kind, table, by, at, spans));
    }
}
