package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Tyre;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.sequence.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code silver.charging_sessions}, {@code vehicle_health} and {@code reviews}: what was said, what it refers to, and what
 * follows from both; and what gold makes of those that are not late. What is joined never changes in this company, so it
 * does not matter when.
 */
final class Facts {
    private static final double WATT_HOUR = 0.001;
    private static final int USUAL_KPA = 250;

    private record Charged(ChargingSession session, Station station, Vehicle vehicle, String model, boolean late) {
        long seconds() {
            return Math.max(
                    0,
                    Duration.between(session.getStartedAt(), session.getEndedAt())
                            .toSeconds());
        }

        @Nullable
        Connector connector() {
            return station.getConnectors().stream()
                    .filter(connector -> connector.getConnectorId().equals(session.getConnectorId()))
                    .findFirst()
                    .orElse(null);
        }

        @Nullable
        Double averageKw() {
            return seconds() == 0
                    ? null
                    : new BigDecimal(Double.toString(session.getEnergyKwh()))
                            .multiply(new BigDecimal(3_600))
                            .divide(new BigDecimal(seconds()), 3, RoundingMode.HALF_UP)
                            .doubleValue();
        }

        @Nullable
        BigDecimal pricePerKwh() {
            double kwh = session.getEnergyKwh();
            return kwh < WATT_HOUR
                    ? null
                    : session.getPrice().divide(new BigDecimal(Double.toString(kwh)), 4, RoundingMode.HALF_UP);
        }
    }

    private record Reported(VehicleHealth report, Vehicle vehicle, String model, boolean late) {
        /** They are whole millivolts. */
        double spread() {
            List<Double> cells = report.getBattery().getCellVoltages();
            return Math.round((Collections.max(cells) - Collections.min(cells)) * 1_000) / 1_000.0;
        }

        long deviation() {
            long most = 0;
            for (Tyre tyre : report.getTyres()) {
                most = Math.max(most, Math.abs(tyre.getPressureKpa() - USUAL_KPA));
            }
            return most;
        }
    }

    private record Reviewed(Review review, Product product, boolean late) {
        String bucket() {
            return switch (review.getRating()) {
                case 1, 2 -> "negative";
                case 3 -> "neutral";
                default -> "positive";
            };
        }
    }

    private final ExpectedTable<Charged> charging =
            ExpectedTable.of("silver.charging_sessions", ofCharging()).count("late sessions", "is_late", Charged::late);
    private final ExpectedTable<Reported> health =
            ExpectedTable.of("silver.vehicle_health", ofHealth()).count("late reports", "is_late", Reported::late);
    private final ExpectedTable<Reviewed> reviews =
            ExpectedTable.of("silver.reviews", ofReviews()).count("late reviews", "is_late", Reviewed::late);
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

    private static Columns<Charged> ofCharging() {
        return new Columns<Charged>()
                .text("session_id", c -> c.session().getSessionId())
                .text("station_id", c -> c.session().getStationId())
                .text("connector_id", c -> c.session().getConnectorId())
                .text("vehicle_id", c -> c.session().getVehicleId())
                .text("customer_id", c -> c.session().getCustomerId())
                .time("started_at", c -> c.session().getStartedAt())
                .time("ended_at", c -> c.session().getEndedAt())
                .thousandths("energy_kwh", c -> c.session().getEnergyKwh())
                .decimal("price", c -> c.session().getPrice())
                .text("currency", c -> c.session().getCurrency())
                .number("len(meter_values)", c -> c.session().getMeterValues().size())
                .text("station_name", c -> c.station().getName())
                .text("station_city", c -> c.station().getLocation().getCity())
                .text("station_country", c -> c.station().getLocation().getCountry())
                .number("station_capacity", c -> c.station().getCapacity())
                .text("connector_type", c -> of(c.connector(), Connector::getType))
                .text("connector_max_kw", c -> of(c.connector(), each -> Integer.toString(each.getMaxKw())))
                .text("vehicle_product_id", c -> c.vehicle().getProductId())
                .text("vehicle_model", Charged::model)
                .number("duration_s", Charged::seconds)
                .thousandths("average_kw", Charged::averageKw)
                .decimal("price_per_kwh", Charged::pricePerKwh)
                .flag("is_late", Charged::late);
    }

    private static Columns<Reported> ofHealth() {
        return new Columns<Reported>()
                .text("report_id", h -> h.report().getReportId())
                .text("vehicle_id", h -> h.report().getVehicleId())
                .time("reported_at", h -> h.report().getReportedAt())
                .number("odometer_km", h -> h.report().getOdometerKm())
                .thousandths(
                        "battery_state_of_health", h -> h.report().getBattery().getStateOfHealth())
                .thousandths(
                        "battery_temperature_c", h -> h.report().getBattery().getTemperatureC())
                .number("battery_cycles", h -> h.report().getBattery().getCycles())
                .number("len(fault_codes)", h -> h.report().getFaultCodes().size())
                .flag("service_due", h -> h.report().getServiceDue())
                .text("vehicle_product_id", h -> h.vehicle().getProductId())
                .text("vehicle_model", Reported::model)
                .text("vehicle_customer_id", h -> h.vehicle().getCustomerId())
                .thousandths("cell_spread_v", Reported::spread)
                .number("tyre_pressure_deviation_kpa", Reported::deviation)
                .flag("is_late", Reported::late);
    }

    private static Columns<Reviewed> ofReviews() {
        return new Columns<Reviewed>()
                .text("review_id", r -> r.review().getReviewId())
                .text("product_id", r -> r.review().getProductId())
                .text("customer_id", r -> r.review().getCustomerId())
                .text("transaction_id", r -> r.review().getTransactionId())
                .number("rating", r -> r.review().getRating())
                .text("title", r -> r.review().getTitle())
                .text("\"text\"", r -> r.review().getText())
                .time("reviewed_at", r -> r.review().getReviewedAt())
                .text("product_name", r -> r.product().getName())
                .text("product_family", r -> r.product().getFamily())
                .text("product_kind", r -> r.product().getKind())
                .number("review_length", r -> r.review().getText().codePoints().count())
                .text("rating_bucket", Reviewed::bucket)
                .flag("is_late", Reviewed::late);
    }

    private static <R> @Nullable String of(@Nullable R connector, Function<R, String> what) {
        return connector == null ? null : what.apply(connector);
    }
}
