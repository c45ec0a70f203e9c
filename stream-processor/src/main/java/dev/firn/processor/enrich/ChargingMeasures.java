package dev.firn.processor.enrich;

import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Rows of {@code silver.charging_sessions}: station, vehicle, duration, average power and price per kWh. */
public final class ChargingMeasures {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(TimeUnit.HOURS.toSeconds(1));
    /** Less has no price of its own. */
    private static final double WATT_HOUR = 0.001;

    private static final int PER_KWH_SCALE = 4;
    private static final int WATTS_SCALE = 3;

    private ChargingMeasures() {}

    /** As {@link Extension}. */
    public static void extend(GenericRecord row, Directory known) {
        join(row, Objects.requireNonNull(known.station((Utf8) row.get("station_id")), "waited for"));
        join(row, Objects.requireNonNull(known.vehicle((Utf8) row.get("vehicle_id")), "waited for"));
        double kwh = (Double) row.get("energy_kwh");
        long seconds = seconds((Long) row.get("started_at"), (Long) row.get("ended_at"));
        row.put("duration_s", seconds);
        row.put("average_kw", averageKw(kwh, seconds));
        BigDecimal perKwh = perKwh(Decimals.of(row.get("price"), Measures.MONEY_SCALE), kwh);
        row.put("price_per_kwh", perKwh == null ? null : Decimals.bytes(perKwh, PER_KWH_SCALE));
    }

    private static void join(GenericRecord row, Station station) {
        row.put("station_name", station.name());
        row.put("station_city", station.city());
        row.put("station_country", station.country());
        row.put("station_capacity", station.capacity());
        Station.Connector connector = station.connector((Utf8) row.get("connector_id"));
        row.put("connector_type", connector == null ? null : connector.type());
        row.put("connector_max_kw", connector == null ? null : connector.maxKw());
    }

    private static void join(GenericRecord row, Vehicle vehicle) {
        row.put("vehicle_product_id", vehicle.productId());
        row.put("vehicle_model", vehicle.model());
    }

    /** Whole seconds; 0 where it ended before it began. */
    static long seconds(long startedAt, long endedAt) {
        return Math.max(0, TimeUnit.MICROSECONDS.toSeconds(endedAt - startedAt));
    }

    /** To the watt, half up; null where there is no duration. */
    static @Nullable Double averageKw(double kwh, long seconds) {
        return seconds == 0
                ? null
                : BigDecimal.valueOf(kwh)
                        .multiply(SECONDS_PER_HOUR)
                        .divide(BigDecimal.valueOf(seconds), WATTS_SCALE, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    /** Half up; null where there is less than a watt-hour. */
    static @Nullable BigDecimal perKwh(BigDecimal price, double kwh) {
        return kwh < WATT_HOUR ? null : price.divide(BigDecimal.valueOf(kwh), PER_KWH_SCALE, RoundingMode.HALF_UP);
    }
}
