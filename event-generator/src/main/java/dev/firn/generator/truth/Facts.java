package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.sequence.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code silver.charging_sessions}, {@code vehicle_health} and {@code reviews}: what was said, what it refers to, and what
 * follows from both; and what gold makes of those that are not late. What is joined never changes in this company, so it
 * does not matter when.
 */
final class Facts {
    private final ExpectedTable<Charged> charging = ExpectedTable.of("silver.charging_sessions", Charged.columns())
            .count("late sessions", "is_late", Charged::late);
    private final ExpectedTable<Reported> health = ExpectedTable.of("silver.vehicle_health", Reported.columns())
            .count("late reports", "is_late", Reported::late);
    private final ExpectedTable<Reviewed> reviews =
            ExpectedTable.of("silver.reviews", Reviewed.columns()).count("late reviews", "is_late", Reviewed::late);
    private final StationUse stationUse = new StationUse();
    private final Alerts alerts = new Alerts();
    private final Map<String, Station> stations = new HashMap<>();
    private final Map<String, Product> products = new HashMap<>();
    private final Map<String, Vehicle> vehicles = new HashMap<>();
    private final Map<Class<?>, Map<Integer, Instant>> newest = new HashMap<>();
    private final Duration grace;

    /** @param grace a fact that is older than the newest of its partition by more is late */
    Facts(Duration grace) {
        this.grace = grace;
    }

    /** Takes in a valid record of what facts refer to. */
    void known(Event event) {
        switch (event.topic()) {
            case STATIONS -> {
                Station station = (Station) event.record();
                stations.put(station.getStationId(), station);
            }
            case PRODUCTS -> {
                Product product = (Product) event.record();
                products.put(product.getProductId(), product);
            }
            case VEHICLES -> {
                Vehicle vehicle = (Vehicle) event.record();
                vehicles.put(vehicle.getVehicleId(), vehicle);
            }
            default -> {
                // nothing is joined of it
            }
        }
    }

    /** Takes in a valid fact, in the order of its partition; tells whether it was late. */
    boolean add(Event event, int partition) {
        return switch (event.topic()) {
            case CHARGING_SESSIONS -> {
                ChargingSession session = (ChargingSession) event.record();
                boolean late = isLate(ChargingSession.class, partition, session.getEndedAt());
                Vehicle vehicle = of(vehicles, session.getVehicleId());
                Station station = of(stations, session.getStationId());
                charging.add(new Charged(session, station, vehicle, model(vehicle), late));
                if (!late) {
                    stationUse.add(session, station, partition, watermark(ChargingSession.class, partition));
                }
                yield late;
            }
            case VEHICLE_HEALTH -> {
                VehicleHealth report = (VehicleHealth) event.record();
                boolean late = isLate(VehicleHealth.class, partition, report.getReportedAt());
                Vehicle vehicle = of(vehicles, report.getVehicleId());
                Reported reported = new Reported(report, vehicle, model(vehicle), late);
                health.add(reported);
                if (!late) {
                    alerts.add(report, vehicle, reported.model(), reported.spread());
                }
                yield late;
            }
            case REVIEWS -> {
                Review review = (Review) event.record();
                boolean late = isLate(Review.class, partition, review.getReviewedAt());
                reviews.add(new Reviewed(review, of(products, review.getProductId()), late));
                yield late;
            }
            default -> throw new IllegalArgumentException("no fact of " + event.topic());
        };
    }

    private boolean isLate(Class<?> kind, int partition, Instant time) {
        Map<Integer, Instant> ofKind = newest.computeIfAbsent(kind, each -> new HashMap<>());
        Instant before = ofKind.getOrDefault(partition, Instant.MIN.plus(grace));
        ofKind.put(partition, before.isAfter(time) ? before : time);
        return time.isBefore(before.minus(grace));
    }

    /** Of a partition that has had something. */
    private long watermark(Class<?> kind, int partition) {
        Instant time = of(newest, kind).get(partition);
        return Columns.microsOf(Objects.requireNonNull(time).minus(grace));
    }

    private String model(Vehicle vehicle) {
        return Objects.requireNonNull(of(products, vehicle.getProductId()).getVehicle(), "only vehicles are sold so")
                .getModel();
    }

    private static <K, T> T of(Map<K, T> known, K id) {
        return Objects.requireNonNull(known.get(id), id::toString);
    }

    List<Expectation> expectations() {
        return Stream.of(
                        charging.expectations(),
                        health.expectations(),
                        reviews.expectations(),
                        stationUse.expectations(),
                        alerts.expectations())
                .flatMap(List::stream)
                .toList();
    }
}
