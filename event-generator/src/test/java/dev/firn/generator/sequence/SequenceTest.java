package dev.firn.generator.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.disturb.Shares;
import dev.firn.generator.encode.RecordEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Shares SHARES = new Shares(0.02, 0.01, 0.03, 0.02, 0.01);

    @Test
    void shouldGiveSameBytesWhenSeedIsSame() {
        // Given
        int events = 5_000;

        // When
        List<String> one = encoded(new Sequence(knobs(7, SHARES)), events);
        List<String> other = encoded(new Sequence(knobs(7, SHARES)), events);

        // Then
        assertThat(one).isEqualTo(other);
    }

    @Test
    void shouldGiveOtherBytesWhenSeedIsAnother() {
        // Given
        int events = 500;

        // When
        List<String> one = encoded(new Sequence(knobs(7, SHARES)), events);
        List<String> other = encoded(new Sequence(knobs(8, SHARES)), events);

        // Then
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void shouldNumberWithoutGapFromReferenceDataOnWhenRead() {
        // Given
        Sequence sequence = new Sequence(knobs(7, SHARES));

        // When
        List<Event> events = events(sequence, 1_000);

        // Then
        assertThat(events.get(0).seq()).isEqualTo(-(events.size() - 1_000));
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).seq()).isEqualTo(events.get(i - 1).seq() + 1);
        }
    }

    @Test
    void shouldHitSharesWhenThereAreManyEvents() {
        // Given
        int count = 100_000;

        // When
        List<Event> events = main(knobs(7, SHARES), count);

        // Then
        double all = events.size();
        double activity = count(events, e -> e.topic() == Topic.ACTIVITY);
        // less what sold vehicles take, and with what other topics leave to it
        assertThat(activity / all).isBetween(0.76, 0.82);
        assertThat(count(events, e -> e.topic() == Topic.TRANSACTIONS) / all).isCloseTo(0.12, within(0.01));
        assertThat(count(events, e -> e.fate() == Fate.DUPLICATE) / activity).isCloseTo(0.01, within(0.002));
        for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.FX_RATES, Topic.FISCAL_CALENDAR))) {
            assertThat(count(events, e -> e.topic() == topic)).as(topic.text()).isPositive();
        }
        assertThat(count(events, e -> behind(e, 600, 3_000)) / activity).isCloseTo(0.02, within(0.003));
        assertThat(count(events, e -> behind(e, 0, 60)) / activity).isCloseTo(0.03, within(0.004));
        assertThat(count(events, e -> !e.fate().decodable()) / all).isCloseTo(0.01, within(0.002));
        assertThat(count(events, e -> e.fate() == Fate.RULE_FAILED || e.fate() == Fate.BROKEN_REFERENCE) / all)
                .isCloseTo(0.02, within(0.003));
        assertThat(Arrays.stream(Fate.values()))
                .allSatisfy(fate ->
                        assertThat(count(events, e -> e.fate() == fate)).isPositive());
    }

    @Test
    void shouldDisturbNothingWhenSharesAreZero() {
        // Given
        Knobs knobs = knobs(7, Shares.NONE);

        // When
        List<Event> events = main(knobs, 20_000);

        // Then
        assertThat(events).allMatch(e -> e.fate() == Fate.VALID);
        assertThat(events).noneMatch(e -> behind(e, 0, 100_000));
    }

    @Test
    void shouldReferOnlyToWhatWentOutBeforeWhenValid() {
        // Given
        Sequence sequence = new Sequence(new Knobs(7, START, Duration.ofSeconds(4), 50, 20, 0.8, SHARES));

        // When
        List<Event> events = events(sequence, 60_000);

        // Then
        Map<String, Long> known = new HashMap<>();
        Map<String, Long> rates = new HashMap<>();
        long refunds = 0;
        Set<String> signedUp = new HashSet<>();
        for (Event event : events) {
            if (event.fate() == Fate.VALID) {
                if (event.record() instanceof Customer customer) {
                    known.putIfAbsent(customer.getCustomerId(), event.seq());
                } else if (event.record() instanceof Product product) {
                    known.putIfAbsent(product.getProductId(), event.seq());
                } else if (event.record() instanceof FxRate rate) {
                    rates.put(rate.getBase() + rate.getAsOf(), event.seq());
                } else if (event.record() instanceof Transaction transaction) {
                    assertParent(event, known, transaction.getCustomerId());
                    assertParent(event, known, transaction.getProductId());
                    assertRate(event, rates, transaction);
                    if (transaction.getRefundsTransactionId() != null) {
                        refunds++;
                        assertParent(event, known, transaction.getRefundsTransactionId());
                    }
                    known.put(transaction.getTransactionId(), event.seq());
                } else if (event.record() instanceof Vehicle vehicle) {
                    assertParent(event, known, vehicle.getCustomerId());
                    assertParent(event, known, vehicle.getProductId());
                    known.putIfAbsent(vehicle.getVehicleId(), event.seq());
                } else if (event.record() instanceof Station station) {
                    known.putIfAbsent(station.getStationId(), event.seq());
                } else if (event.record() instanceof ChargingSession session) {
                    assertParent(event, known, session.getStationId());
                    assertParent(event, known, session.getVehicleId());
                    assertParent(event, known, session.getCustomerId());
                } else if (event.record() instanceof VehicleHealth report) {
                    assertParent(event, known, report.getVehicleId());
                } else if (event.record() instanceof Review review) {
                    assertParent(event, known, String.valueOf(review.getTransactionId()));
                    assertParent(event, known, review.getProductId());
                    assertParent(event, known, review.getCustomerId());
                } else if (event.record() instanceof Activity activity
                        && activity.getUser().getCustomerId() != null) {
                    assertParent(event, known, activity.getUser().getCustomerId());
                    if (known.getOrDefault(activity.getUser().getCustomerId(), -1L) >= 0) {
                        signedUp.add(activity.getUser().getCustomerId());
                    }
                }
            }
        }
        assertThat(refunds).isGreaterThan(100);
        assertThat(signedUp).hasSizeGreaterThan(10);
    }

    @Test
    void shouldPublishRatesADayAheadWhenDaysPass() {
        // Given
        Sequence sequence = new Sequence(new Knobs(7, START, Duration.ofMinutes(20), 20, 20, 0.8, Shares.NONE));

        // When
        List<Event> rates = events(sequence, 2_000).stream()
                .filter(e -> e.topic() == Topic.FX_RATES)
                .toList();

        // Then: day 0 and 1 before the first event, and then one day each at its eve's first moments
        assertThat(rates.stream().filter(e -> e.seq() < 0)).hasSize(16);
        assertThat(rates.stream().filter(e -> e.seq() >= 0)).hasSize(27 * 8).allSatisfy(event -> {
            Instant sent = Instant.EPOCH.plus(event.micros(), ChronoUnit.MICROS);
            Duration ahead = Duration.between(sent, ((FxRate) event.record()).getAsOf());
            assertThat(ahead).isBetween(Duration.ofHours(20), Duration.ofHours(24));
        });
    }

    @Test
    void shouldRepeatByteForByteWithin60SecondsWhenDuplicate() {
        // Given
        RecordEncoder encoder = new RecordEncoder(topic -> 1);
        Map<String, Event> first = new HashMap<>();
        Set<Topic> repeatedOf = EnumSet.noneOf(Topic.class);
        int repeated = 0;

        // When
        for (Event event : main(knobs(7, SHARES), 50_000)) {
            String id = event.topic() + " " + event.record().get(0);
            if (event.fate() == Fate.DUPLICATE) {
                // Then
                Event original = first.get(id);
                assertThat(original).isNotNull();
                assertThat(event.key()).isEqualTo(original.key());
                assertThat(encoder.encode(event)).isEqualTo(encoder.encode(original));
                assertThat(event.micros() - original.micros()).isBetween(1L, 60_000_000L);
                repeatedOf.add(event.topic());
                repeated++;
            } else if (event.fate() == Fate.VALID) {
                first.put(id, event);
            }
        }
        assertThat(repeated).isGreaterThan(300);
        assertThat(repeatedOf).contains(Topic.ACTIVITY, Topic.VEHICLE_HEALTH);
    }

    @Test
    void shouldTellOfAllThatHappensLateAndOutOfOrderWhenSharesAreSet() {
        // Given
        List<Event> events = main(new Knobs(7, START, Duration.ofSeconds(4), 200, 20, 0.8, SHARES), 60_000);
        Map<Topic, String> times = Map.of(
                Topic.TRANSACTIONS, "transaction_time",
                Topic.CUSTOMERS, "updated_at",
                Topic.PRODUCTS, "updated_at",
                Topic.STATIONS, "updated_at",
                Topic.CHARGING_SESSIONS, "ended_at",
                Topic.VEHICLE_HEALTH, "reported_at",
                Topic.REVIEWS, "reviewed_at");

        // Then
        times.forEach((topic, time) -> {
            assertThat(count(events, e -> e.topic() == topic && e.fate() == Fate.VALID && isBack(e, time, 600, 3_000)))
                    .as("late " + topic)
                    .isPositive();
            assertThat(count(events, e -> e.topic() == topic && e.fate() == Fate.VALID && isBack(e, time, 0, 60)))
                    .as("out of order " + topic)
                    .isPositive();
        });
    }

    private static boolean isBack(Event event, String field, int moreThan, int atMost) {
        Instant time = (Instant)
                event.record().get(event.record().getSchema().getField(field).pos());
        long back = event.micros() - ChronoUnit.MICROS.between(Instant.EPOCH, time);
        return back > moreThan * 1_000_000L && back <= atMost * 1_000_000L;
    }

    @Test
    void shouldRememberWhatVisitorsPutIntoTheirCartsWhenTheyBuy() {
        // Given
        Map<String, Set<String>> carts = new HashMap<>();
        Map<String, String> lastBuyer = new HashMap<>();
        int purchases = 0;
        int webLines = 0;

        // When
        for (Event event : main(new Knobs(7, START, Duration.ofMillis(300), 200, 50, 0.8, Shares.NONE), 50_000)) {
            if (event.record() instanceof Activity activity && activity.getProduct() != null) {
                String product = activity.getProduct().getProductId();
                Set<String> cart = carts.computeIfAbsent(event.key(), s -> new HashSet<>());
                if (activity.getEventType().equals("add_to_cart")) {
                    cart.add(product);
                } else if (activity.getEventType().equals("purchase")) {
                    // Then
                    assertThat(cart).contains(product);
                    assertThat(activity.getUser().getCustomerId()).isNotNull();
                    lastBuyer.put(activity.getUser().getCustomerId() + product, event.key());
                    purchases++;
                }
            } else if (event.record() instanceof Transaction sale
                    && sale.getAmount().signum() > 0
                    && Set.of("web", "mobile").contains(sale.getChannel())) {
                assertThat(lastBuyer).containsKey(sale.getCustomerId() + sale.getProductId());
                webLines++;
            }
        }
        assertThat(purchases).isGreaterThan(1_000);
        assertThat(webLines).isGreaterThan(1_000);
    }

    @Test
    void shouldGiveEachVehicleALifeWhenItIsSold() {
        // Given
        Map<String, Vehicle> vehicles = new HashMap<>();
        Map<String, Transaction> sales = new HashMap<>();
        Map<String, Instant> lastCharge = new HashMap<>();
        Map<String, Instant> freeFrom = new HashMap<>();
        Map<String, Integer> odometer = new HashMap<>();
        Set<String> returned = new HashSet<>();
        int sold = 0;
        int charged = 0;
        int reviewed = 0;

        // When
        for (Event event :
                events(new Sequence(new Knobs(7, START, Duration.ofSeconds(20), 60, 40, 0.8, Shares.NONE)), 60_000)) {
            // Then
            if (event.record() instanceof Vehicle vehicle) {
                Vehicle before = vehicles.put(vehicle.getVehicleId(), vehicle);
                if (vehicle.getStatus().equals("returned")) {
                    assertThat(before).isNotNull();
                    returned.add(vehicle.getVehicleId());
                } else {
                    assertThat(before).isNull();
                    sold += event.seq() < 0 ? 0 : 1;
                }
            } else if (event.record() instanceof Transaction transaction) {
                sales.put(transaction.getTransactionId(), transaction);
            } else if (event.record() instanceof ChargingSession session) {
                Vehicle vehicle = vehicles.get(session.getVehicleId());
                assertThat(vehicle).isNotNull();
                assertThat(vehicle.getCustomerId()).isEqualTo(session.getCustomerId());
                assertThat(session.getStartedAt())
                        .isBefore(session.getEndedAt())
                        .isAfterOrEqualTo(lastCharge.getOrDefault(session.getVehicleId(), Instant.EPOCH))
                        .isAfterOrEqualTo(freeFrom.getOrDefault(session.getConnectorId(), Instant.EPOCH));
                assertThat(returned).doesNotContain(session.getVehicleId());
                lastCharge.put(session.getVehicleId(), session.getEndedAt());
                freeFrom.put(session.getConnectorId(), session.getEndedAt());
                charged++;
            } else if (event.record() instanceof VehicleHealth report) {
                int before = odometer.getOrDefault(report.getVehicleId(), 0);
                assertThat(report.getOdometerKm()).isGreaterThanOrEqualTo(before);
                odometer.put(report.getVehicleId(), report.getOdometerKm());
            } else if (event.record() instanceof Review review) {
                Transaction sale = sales.get(String.valueOf(review.getTransactionId()));
                assertThat(sale).isNotNull();
                assertThat(sale.getProductId()).isEqualTo(review.getProductId());
                assertThat(sale.getCustomerId()).isEqualTo(review.getCustomerId());
                reviewed++;
            }
        }
        assertThat(sold).isGreaterThan(300);
        assertThat(returned).isNotEmpty();
        assertThat(charged).isGreaterThan(300);
        assertThat(reviewed).isGreaterThan(100);
        assertThat(odometer).hasSizeGreaterThan(300);
    }

    private static void assertParent(Event child, Map<String, Long> known, String id) {
        assertThat(known).as("parent of %s", child).containsKey(id);
        assertThat(known.get(id)).isLessThanOrEqualTo(child.parent());
    }

    private static void assertRate(Event child, Map<String, Long> rates, Transaction transaction) {
        if (!transaction.getCurrency().equals("USD")) {
            assertParent(
                    child,
                    rates,
                    transaction.getCurrency() + transaction.getTransactionTime().truncatedTo(ChronoUnit.DAYS));
        }
    }

    private static boolean behind(Event event, int fromSeconds, int toSeconds) {
        if (event.fate() != Fate.VALID || !(event.record() instanceof Activity activity)) {
            return false;
        }
        long behind = event.micros() - ChronoUnit.MICROS.between(Instant.EPOCH, activity.getEventTime());
        return behind > fromSeconds * 1_000_000L && behind <= toSeconds * 1_000_000L;
    }

    private static double count(List<Event> events, java.util.function.Predicate<Event> condition) {
        return events.stream().filter(condition).count();
    }

    private static Knobs knobs(long seed, Shares shares) {
        return new Knobs(seed, START, Duration.ofMillis(30), 100, 40, 0.8, shares);
    }

    private static List<Event> main(Knobs knobs, int count) {
        return events(new Sequence(knobs), count).stream()
                .filter(e -> e.seq() >= 0)
                .toList();
    }

    private static List<Event> events(Sequence sequence, int count) {
        List<Event> events = new ArrayList<>();
        do {
            events.add(sequence.next());
        } while (events.get(events.size() - 1).seq() < count - 1);
        return events;
    }

    private static List<String> encoded(Sequence sequence, int count) {
        RecordEncoder encoder = new RecordEncoder(topic -> 1);
        return events(sequence, count).stream()
                .map(event -> event.topic() + event.key() + Arrays.toString(encoder.encode(event)))
                .toList();
    }
}
