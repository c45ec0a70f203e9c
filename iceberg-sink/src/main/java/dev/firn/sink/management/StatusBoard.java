package dev.firn.sink.management;

import dev.firn.sink.Sink;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.TableView;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.consume.SourceWatch;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what lanes, topics, tables and meters say. */
@Singleton
public final class StatusBoard {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
    private static final long UNKNOWN = -1;

    private final RunningSink running;
    private final SourceWatch watch;
    private final SinkMeters meters;
    private final Map<TableIdentifier, TableView> lastSeen = new ConcurrentHashMap<>();

    StatusBoard(RunningSink running, SourceWatch watch, SinkMeters meters) {
        this.running = running;
        this.watch = watch;
        this.meters = meters;
    }

    public SinkStatus status() {
        // first the ends, then the lanes: what a lane has read by then is at least what the ends say, if it has caught
        // up
        Optional<SourceWatch.Seen> seen = watch.look();
        List<LaneStatus> lanes = running.sink().map(Sink::lanes).orElse(List.of());
        List<TableStatus> tables =
                tables(lanes).stream().map(table -> table(table, lanes, seen)).toList();
        Set<SourceWatch.Followed> assigned = sources(lanes, source -> true).stream()
                .map(source -> new SourceWatch.Followed(source.source(), source.table()))
                .collect(Collectors.toSet());
        int unassigned = seen.map(it -> it.unassigned(assigned).size()).orElse(0);
        long lag = Lag.of(sources(lanes, source -> true), seen).orElse(UNKNOWN);
        boolean idle = lanes.stream().flatMap(lane -> lane.tables().stream()).allMatch(LaneStatus.OfTable::isIdle);
        return new SinkStatus(
                running.state(),
                lag,
                tables.stream().mapToLong(TableStatus::openRows).sum(),
                assigned.size(),
                unassigned,
                seen.isPresent() && !assigned.isEmpty() && unassigned == 0 && lag == 0 && idle,
                tables);
    }

    /** One table; empty if the sink does not know it. */
    public Optional<TableStatus> table(String name) {
        return status().tables().stream()
                .filter(table -> table.table().equals(name))
                .findFirst();
    }

    private static Set<TableIdentifier> tables(List<LaneStatus> lanes) {
        Set<TableIdentifier> tables = new TreeSet<>(Comparator.comparing(TableIdentifier::toString));
        lanes.forEach(lane -> lane.tables().forEach(table -> tables.add(table.table())));
        return tables;
    }

    private static List<LaneStatus.OfSource> sources(List<LaneStatus> lanes, Predicate<LaneStatus.OfSource> which) {
        return lanes.stream()
                .flatMap(lane -> lane.sources().stream())
                .filter(which)
                .toList();
    }

    private TableStatus table(TableIdentifier table, List<LaneStatus> lanes, Optional<SourceWatch.Seen> seen) {
        List<LaneStatus.OfSource> sources =
                sources(lanes, source -> source.table().equals(table));
        List<LaneStatus.OfTable> open = lanes.stream()
                .flatMap(lane -> lane.tables().stream())
                .filter(each -> each.table().equals(table))
                .toList();
        Optional<TableView> view = view(table);
        TableMeters meter = meters.of(table);
        return new TableStatus(
                table.toString(),
                TableState.of(sources),
                blocked(sources),
                view.map(TableView::rows).orElse(0L),
                view.map(TableView::files).orElse(0L),
                view.map(TableView::bytes).orElse(0L),
                view.map(TableView::avroBytes).orElse(0L),
                view.map(TableView::snapshots).orElse(0),
                view.filter(it -> it.snapshotId().isPresent())
                        .map(it -> it.snapshotId().getAsLong())
                        .orElse(null),
                view.map(TableView::committedAt).orElse(null),
                meter.lastCommit().toMillis(),
                Lag.of(sources, seen).orElse(UNKNOWN),
                Lag.byTopic(sources, seen),
                open.stream().mapToLong(LaneStatus.OfTable::openRecords).sum(),
                open.stream().mapToLong(LaneStatus.OfTable::openBytes).sum(),
                open.stream().mapToInt(LaneStatus.OfTable::inFlight).sum(),
                meter.freshness().percentile(50),
                meter.freshness().percentile(99),
                view.map(it -> ledger(it.ledger())).orElse(Map.of()),
                view.flatMap(TableView::unpublished)
                        .map(TableStatus.Unpublished::of)
                        .orElse(null));
    }

    /** The table as it is, or as it was when the catalog could last be asked. */
    private Optional<TableView> view(TableIdentifier table) {
        try {
            running.sink().flatMap(sink -> sink.table(table)).ifPresent(view -> lastSeen.put(table, view));
        } catch (RuntimeException e) {
            // catalogs and their clients each throw their own
            LOG.debug("Table can't be looked at table={}", table, e);
        }
        return Optional.ofNullable(lastSeen.get(table));
    }

    private static Map<String, String> blocked(List<LaneStatus.OfSource> sources) {
        Map<String, String> blocked = new TreeMap<>();
        sources.forEach(source ->
                source.why().ifPresent(why -> blocked.put(source.source().toString(), source.state() + ": " + why)));
        return blocked;
    }

    private static Map<String, Map<String, List<Long>>> ledger(Ledger ledger) {
        Map<String, Map<String, List<Long>>> topics = new TreeMap<>();
        ledger.held()
                .forEach((source, span) -> topics.computeIfAbsent(source.topic(), topic -> new TreeMap<>())
                        .put(Integer.toString(source.partition()), List.of(span.start(), span.end())));
        return topics;
    }
}
