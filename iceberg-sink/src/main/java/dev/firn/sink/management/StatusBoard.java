package dev.firn.sink.management;

import dev.firn.sink.Sink;
import dev.firn.sink.commit.Ledger;
import dev.firn.sink.commit.TableView;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.consume.SourceWatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/** Puts together what lanes, topics, tables and meters say. */
@Singleton
public final class StatusBoard {
    private static final long UNKNOWN = -1;

    private final RunningSink running;
    private final SourceWatch watch;
    private final SinkMeters meters;
    private final Views views;

    StatusBoard(RunningSink running, SourceWatch watch, SinkMeters meters, Clock clock) {
        this.running = running;
        this.watch = watch;
        this.meters = meters;
        this.views = new Views(
                table -> running.sink().flatMap(sink -> sink.table(table)),
                table -> meters.of(table).lastHeld(),
                clock);
    }

    /** As it is now. */
    public SinkStatus status() {
        return status(views::now);
    }

    /** The same for those who look again and again: what others commit to a table may be known some seconds later. */
    public SinkStatus recently() {
        return status(views::recently);
    }

    private SinkStatus status(Function<TableIdentifier, Optional<TableView>> view) {
        // first the ends, then the lanes: what a lane has read by then is at least what the ends say, if it has caught
        // up
        Optional<SourceWatch.Seen> seen = watch.look();
        List<LaneStatus> lanes = running.sink().map(Sink::lanes).orElse(List.of());
        List<TableStatus> tables = tables(lanes).stream()
                .map(table -> table(table, view.apply(table), lanes, seen))
                .toList();
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

    private TableStatus table(
            TableIdentifier table, Optional<TableView> view, List<LaneStatus> lanes, Optional<SourceWatch.Seen> seen) {
        List<LaneStatus.OfSource> sources =
                sources(lanes, source -> source.table().equals(table));
        List<LaneStatus.OfTable> open = lanes.stream()
                .flatMap(lane -> lane.tables().stream())
                .filter(each -> each.table().equals(table))
                .toList();
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
