package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and minutes against plain code, whatever the order within the grace. */
class SessionsRandomTest {
    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Duration GRACE = Duration.ofMinutes(5);

    private record Event(String id, String session, Instant time) {}

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBeAsSortedAndSplitWhateverTheOrder(long seed) {
        // Given
        System.out.println("seed=" + seed);
        List<Event> events = events(new Random(seed));
        Set<String> expected = expectedSessions(onTime(events));

        try (Fixture firn = new Fixture(dir)) {
            // When
            events.forEach(event -> firn.send(
                    Topics.RAW_ACTIVITY, event.session, Events.activity(event.id, event.session, event.time)));

            // Then
            List<String> sessions = firn.rows(Topics.GOLD_SESSIONS).stream()
                    .map(row -> row.get("session_id") + " " + row.get("started_at") + " " + row.get("ended_at") + " "
                            + row.get("events"))
                    .toList();
            assertThat(sessions).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(sessions)).isEqualTo(expected);
            long counted = firn.rows(Topics.GOLD_MINUTES).stream()
                    .mapToLong(row -> (Long) row.get("events"))
                    .sum();
            assertThat(counted).isEqualTo(expectedInMinutes(onTime(events)));
        }
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        Instant now = Events.START;
        for (int i = 0; i < 600; i++) {
            now = now.plusSeconds(random.nextInt(120));
            // some are too late, by a little and by a lot
            Instant time = now.minusSeconds(random.nextInt(10) == 0 ? random.nextInt(420) : random.nextInt(60));
            events.add(new Event("e" + i, "s" + random.nextInt(8), time));
        }
        return events;
    }

    private static List<Event> onTime(List<Event> events) {
        List<Event> onTime = new ArrayList<>();
        Instant newest = Instant.MIN.plus(GRACE);
        for (Event event : events) {
            if (!event.time.isBefore(newest.minus(GRACE))) {
                onTime.add(event);
            }
            newest = event.time.isAfter(newest) ? event.time : newest;
        }
        return onTime;
    }

    private static Instant watermark(List<Event> events) {
        return events.stream()
                .map(Event::time)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .minus(GRACE);
    }

    private static Set<String> expectedSessions(List<Event> onTime) {
        Set<String> sessions = new TreeSet<>();
        for (int s = 0; s < 8; s++) {
            String id = "s" + s;
            List<Event> own = onTime.stream()
                    .filter(event -> event.session.equals(id))
                    .sorted(Comparator.comparing(Event::time))
                    .toList();
            int from = 0;
            for (int i = 0; i < own.size(); i++) {
                Instant end = own.get(i).time;
                boolean last = i == own.size() - 1 || own.get(i + 1).time.isAfter(end.plus(GAP));
                if (last) {
                    if (watermark(onTime).isAfter(end.plus(GAP))) {
                        sessions.add(id + " " + micros(own.get(from).time) + " " + micros(end) + " " + (i + 1 - from));
                    }
                    from = i + 1;
                }
            }
        }
        return sessions;
    }

    private static long expectedInMinutes(List<Event> onTime) {
        long closed = Math.floorDiv(micros(watermark(onTime)), 60_000_000L);
        return onTime.stream()
                .filter(event -> Math.floorDiv(micros(event.time), 60_000_000L) < closed)
                .count();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}
