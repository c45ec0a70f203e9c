package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.processor.RowText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendingTopologyTest {
    private static final long MINUTE = 60_000_000;
    private static final long GRACE = 5 * MINUTE;
    private static final long START = micros(Events.START);

    @TempDir
    private Path dir;

    private record Shown(long time, String country, String product) {}

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Activity shown(String id, Instant time, String country, String product) {
        Activity event = Events.purchase(id, "s", time, "10.00", "EUR");
        event.setEventType("product_view");
        event.getProduct().setProductId(product);
        event.getLocation().setCountry(country);
        return event;
    }

    @Test
    void shouldSendEachWindowOnceWhenItHasClosed() {
        try (Fixture firn = new Fixture(dir)) {
            // Given
            for (int product = 1; product <= 12; product++) {
                for (int i = 0; i <= (product == 12 ? 4 : 0); i++) {
                    String id = "e" + product + "-" + i;
                    firn.send(
                            Topics.RAW_ACTIVITY,
                            "s",
                            shown(id, at(1), "DE", String.format(Locale.ROOT, "P%02d", product)));
                }
            }
            firn.send(Topics.RAW_ACTIVITY, "s", shown("late", at(6), "DE", "P02"));
            firn.send(Topics.RAW_ACTIVITY, "s", Events.activity("no-product", "s", at(9)));
            List<String> open = rows(firn);

            // When
            firn.send(Topics.RAW_ACTIVITY, "s", Events.activity("passes", "s", at(10)));
            List<String> first = rows(firn);
            firn.send(Topics.RAW_ACTIVITY, "s", Events.activity("passes-more", "s", at(15)));
            List<String> second = rows(firn);
            firn.send(Topics.RAW_ACTIVITY, "s", Events.activity("passes-all", "s", at(300)));

            // Then
            assertThat(open).isEmpty();
            assertThat(first)
                    .hasSize(10)
                    .startsWith("-10 5 DE 1 P12 5", "-10 5 DE 2 P01 1")
                    .endsWith("-10 5 DE 10 P09 1");
            assertThat(second).hasSize(10).startsWith("-5 10 DE 1 P12 5", "-5 10 DE 2 P02 2", "-5 10 DE 3 P01 1");
            assertThat(rows(firn)).hasSize(11).contains("0 15 DE 1 P12 5", "5 20 DE 1 P02 1");
        }
    }

    private static Instant at(int minute) {
        return Events.START.plus(Duration.ofMinutes(minute));
    }

    private static List<String> rows(Fixture firn) {
        return firn.rows(Topics.GOLD_TRENDING).stream()
                .peek(row -> {
                    row.put("window_start", ((Long) row.get("window_start") - START) / MINUTE);
                    row.put("window_end", ((Long) row.get("window_end") - START) / MINUTE);
                })
                .map(RowText::of)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBeTheMostShownOfEachWindowWhateverTheOrder(long seed) {
        // Given
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        List<Shown> inTime = new ArrayList<>();
        long newest = 0;
        try (Fixture firn = new Fixture(dir)) {
            // When
            for (int i = 0; i < 800; i++) {
                // now and then nothing for hours
                newest += random.nextInt(150) == 0 ? 100 * MINUTE : random.nextInt(20) * 1_000_000L;
                long time = newest - random.nextInt(8) * MINUTE;
                Shown shown = new Shown(time, random.nextBoolean() ? "DE" : "FR", "P" + random.nextInt(15));
                firn.send(
                        Topics.RAW_ACTIVITY,
                        "s",
                        shown("e" + i, Events.START.plus(time, ChronoUnit.MICROS), shown.country, shown.product));
                long soFar = inTime.stream().mapToLong(Shown::time).max().orElse(Long.MIN_VALUE / 2);
                if (time >= soFar - GRACE) {
                    inTime.add(shown);
                }
            }

            // Then
            List<String> rows = rows(firn);
            assertThat(rows).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(rows)).isEqualTo(expected(inTime));
        }
    }

    private static Set<String> expected(List<Shown> inTime) {
        long watermark = inTime.stream().mapToLong(Shown::time).max().orElseThrow() - GRACE;
        Map<String, List<Shown>> windows = new TreeMap<>();
        for (Shown shown : inTime) {
            for (long minute = -10; minute <= 0; minute += 5) {
                long start = Math.floorDiv(shown.time, 5 * MINUTE) * 5 + minute;
                if ((start + 15) * MINUTE <= watermark) {
                    windows.computeIfAbsent(start + " " + (start + 15) + " " + shown.country, w -> new ArrayList<>())
                            .add(shown);
                }
            }
        }
        Set<String> rows = new TreeSet<>();
        windows.forEach((window, all) -> {
            Map<String, Long> counts =
                    all.stream().collect(Collectors.groupingBy(Shown::product, Collectors.counting()));
            List<String> first = counts.keySet().stream()
                    .sorted(Comparator.<String, Long>comparing(counts::get)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(10)
                    .toList();
            first.forEach(product ->
                    rows.add(window + " " + (first.indexOf(product) + 1) + " " + product + " " + counts.get(product)));
        });
        return rows;
    }
}
