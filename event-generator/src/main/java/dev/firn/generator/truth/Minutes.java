package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** {@code gold.activity_by_minute}: of each minute that has closed, one row per event type, country and device. */
final class Minutes {
    private static final long MINUTE = 60_000_000;

    private record Key(String eventType, String country, String device) {}

    private record Row(long start, Key key, long events, long sessions, long p50, long p95, long p99) {}

    private static final class Cell {
        private final Set<String> sessions = new HashSet<>();
        private long[] dwells = new long[4];
        private int events;

        void add(Activity activity) {
            sessions.add(activity.getSession().getId());
            if (events == dwells.length) {
                dwells = Arrays.copyOf(dwells, 2 * events);
            }
            dwells[events++] = activity.getEngagement().getDwellMs();
        }

        Row row(long start, Key key) {
            Arrays.sort(dwells, 0, events);
            return new Row(start, key, events, sessions.size(), nearestRank(50), nearestRank(95), nearestRank(99));
        }

        /** The least value such that at least this share of all values is not above it. */
        private long nearestRank(int percent) {
            return dwells[(int) (((long) events * percent + 99) / 100) - 1];
        }
    }

    private final NavigableMap<Long, Map<Key, Cell>> open = new TreeMap<>();
    private final ExpectedTable<Row> table =
            ExpectedTable.of("gold.activity_by_minute", columns()).sum("events", "events", Row::events);

    void add(Activity activity, long eventTime) {
        Key key = new Key(
                activity.getEventType(),
                activity.getLocation().getCountry(),
                activity.getUserAgent().getDeviceType());
        open.computeIfAbsent(Math.floorDiv(eventTime, MINUTE) * MINUTE, start -> new HashMap<>())
                .computeIfAbsent(key, k -> new Cell())
                .add(activity);
    }

    /** Every partition has got this far: what ended by then is complete. */
    void close(long watermark) {
        while (!open.isEmpty() && open.firstKey() + MINUTE <= watermark) {
            var window = open.pollFirstEntry();
            window.getValue().forEach((key, cell) -> table.add(cell.row(window.getKey(), key)));
        }
    }

    List<Expectation> expectations() {
        return table.expectations();
    }

    private static Columns<Row> columns() {
        return new Columns<Row>()
                .micros("window_start", Row::start)
                .micros("window_end", row -> row.start() + MINUTE)
                .text("event_type", row -> row.key().eventType())
                .text("country", row -> row.key().country())
                .text("device_type", row -> row.key().device())
                .number("events", Row::events)
                .number("sessions", Row::sessions)
                .number("dwell_p50_ms", Row::p50)
                .number("dwell_p95_ms", Row::p95)
                .number("dwell_p99_ms", Row::p99);
    }
}
