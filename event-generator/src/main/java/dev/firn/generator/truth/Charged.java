package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Vehicle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of {@code silver.charging_sessions}: a session, what it refers to, and what follows from both. */
record Charged(ChargingSession session, Station station, Vehicle vehicle, String model, boolean late) {
    private static final double WATT_HOUR = 0.001;

    long seconds() {
        return Math.max(
                0,
                Duration.between(session.getStartedAt(), session.getEndedAt()).toSeconds());
    }

    private @Nullable Connector connector() {
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

    /** What of it is compared. */
    static Columns<Charged> columns() {
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
                .text("connector_type", c -> c.connector(Connector::getType))
                .text("connector_max_kw", c -> c.connector(each -> Integer.toString(each.getMaxKw())))
                .text("vehicle_product_id", c -> c.vehicle().getProductId())
                .text("vehicle_model", Charged::model)
                .number("duration_s", Charged::seconds)
                .thousandths("average_kw", Charged::averageKw)
                .decimal("price_per_kwh", Charged::pricePerKwh)
                .flag("is_late", Charged::late);
    }

    private @Nullable String connector(Function<Connector, String> what) {
        Connector connector = connector();
        return connector == null ? null : what.apply(connector);
    }
}
