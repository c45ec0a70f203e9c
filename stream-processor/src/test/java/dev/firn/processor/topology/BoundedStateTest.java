package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three years of the same small traffic through all topologies: what they remember must not grow with time. */
class BoundedStateTest {
    private static final Duration RETENTION = Duration.ofDays(60);
    private static final int MONTHS = 36;

    /** A day, or a day's rate, for each day of the calendar: references grow as the calendar does. */
    private static final Set<String> BY_DAY_OF_THE_CALENDAR =
            Set.of("fiscal-calendar", "fiscal-calendar-updated", "fx-rates");

    @TempDir
    private Path dir;

    private Fixture firn;
    private int sent;

    @BeforeEach
    void start() {
        firn = new Fixture(dir, settings());
    }

    @AfterEach
    void stop() {
        firn.close();
    }

    @Test
    void shouldHoldNoMoreInTheThirdYearThanInTheSecondWhenTrafficIsTheSame() {
        // Given
        Fleet.sendReferences(firn);
        firn.send(Topics.RAW_CUSTOMERS, "C2", Events.customer("C2"));
        List<Map<String, Integer>> entries = new ArrayList<>();

        // When
        for (int month = 0; month < MONTHS; month++) {
            sendMonth(Events.START.atZone(ZoneOffset.UTC).plusMonths(month));
            entries.add(entries());
        }

        // Then
        Map<String, Integer> second = most(entries.subList(12, 24));
        Map<String, Integer> third = most(entries.subList(24, MONTHS));
        assertThat(third)
                .containsKeys(
                        "sales-sums",
                        "sales-seen",
                        "sales-boards",
                        "activity-recent-index",
                        "charging-seen-index",
                        "health-seen-index",
                        "reviews-seen-index",
                        "stations-use-windows",
                        "web-sessions-open",
                        "web-sessions-timers",
                        "activity-minutes-open",
                        "transactions-quality");
        SoftAssertions each = new SoftAssertions();
        third.keySet().removeAll(BY_DAY_OF_THE_CALENDAR);
        third.forEach(
                (store, most) -> each.assertThat(most).as(store).isLessThanOrEqualTo(second.getOrDefault(store, 0)));
        each.assertAll();
    }

    private static Settings settings() {
        Settings usual = Settings.defaults(new Settings.Partitions(1, 1));
        return new Settings(
                usual.partitions(),
                usual.grace(),
                usual.maxAhead(),
                usual.dedupFilterBytes(),
                usual.sessionGap(),
                usual.idleTimeout(),
                usual.referenceWait(),
                usual.referenceRetry(),
                usual.emitInterval(),
                RETENTION,
                usual.largestRow());
    }

    private static Map<String, Integer> most(List<Map<String, Integer>> months) {
        Map<String, Integer> most = new TreeMap<>();
        months.forEach(month -> month.forEach((store, count) -> most.merge(store, count, Math::max)));
        return most;
    }

    /** How many each store has, of those that have any. */
    private Map<String, Integer> entries() {
        Map<String, Integer> entries = new TreeMap<>();
        firn.driver.getAllStateStores().keySet().forEach(name -> entries.put(name, count(name)));
        entries.values().removeIf(count -> count == 0);
        return entries;
    }

    private int count(String store) {
        int count = 0;
        try (KeyValueIterator<Object, Object> all =
                firn.driver.getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    private void sendMonth(ZonedDateTime month) {
        for (int day = 1; day < 28; day += 14) {
            ZonedDateTime date = month.plusDays(day);
            firn.now = date.toInstant();
            sendReferences(date);
            for (int part = 0; part < 2; part++) {
                Instant time = firn.now.plus(Duration.ofHours(part));
                sendActivity(time);
                sendTransactions(time);
                sendFacts(time);
            }
            // both stages of aggregates send
            firn.driver.advanceWallClockTime(Duration.ofSeconds(1));
            firn.driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        // what waits for what will never come is given up
        firn.driver.advanceWallClockTime(Duration.ofSeconds(11));
    }

    private String id() {
        return "i" + ++sent;
    }

    private void sendReferences(ZonedDateTime date) {
        int month = date.getMonthValue();
        firn.send(
                Topics.RAW_FISCAL_CALENDAR,
                date.toString(),
                Events.day(firn.now, date.getYear(), (month + 2) / 3, month, date.getDayOfYear() / 7 + 1));
        firn.send(Topics.RAW_FX_RATES, "EURUSD", Events.rate("EUR", "1.10000000", firn.now));
        Customer moved = Events.customer("C2");
        moved.setUpdatedAt(firn.now);
        moved.getAddress().setCity("City " + id());
        firn.send(Topics.RAW_CUSTOMERS, "C2", moved);
    }

    private void sendActivity(Instant time) {
        String session = id();
        firn.send(Topics.RAW_ACTIVITY, session, Events.activity(id(), session, time));
        firn.send(Topics.RAW_ACTIVITY, session, Events.purchase(id(), session, time.plusSeconds(100), "9.99", "EUR"));
    }

    private void sendTransactions(Instant time) {
        for (String customer : List.of("C1", "C2", "unknown")) {
            Transaction sale = Events.transaction(id(), "100.00", "EUR", time);
            sale.setCustomerId(customer);
            sale.setOrderNumber(id());
            firn.send(Topics.RAW_TRANSACTIONS, customer, sale);
        }
        firn.send(Topics.RAW_TRANSACTIONS, "C1", Events.transaction(id(), "-100.00", "EUR", time));
    }

    private void sendFacts(Instant time) {
        firn.send(Topics.RAW_CHARGING, "S1", Fleet.charging(id(), time.minusSeconds(1800), time, 10));
        firn.send(Topics.RAW_HEALTH, Fleet.VIN, Fleet.health(id(), time, 99, 20));
        Review review = Fleet.review(id(), "fine", 5);
        review.setReviewedAt(time);
        firn.send(Topics.RAW_REVIEWS, "P1", review);
    }
}
