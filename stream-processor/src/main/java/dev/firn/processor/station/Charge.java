package dev.firn.processor.station;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** A charging session, as far as the use of its station is concerned.
 *
 * @param from in epoch microseconds, as {@code to}; never after it
 * @param energy in milliwatt-hours
 */
record Charge(long from, long to, long energy, Place place) {
    private static final int MILLIWATT_HOURS_SCALE = 6;

    /** The station, as the session knows it. */
    record Place(Utf8 id, Utf8 name, Utf8 city, Utf8 country, int capacity) {}

    /** Of a row of {@code silver.charging_sessions}. */
    static Charge of(GenericRecord row) {
        long to = (Long) row.get("ended_at");
        long energy = BigDecimal.valueOf((Double) row.get("energy_kwh"))
                .movePointRight(MILLIWATT_HOURS_SCALE)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        Place place = new Place(
                (Utf8) row.get("station_id"),
                (Utf8) row.get("station_name"),
                (Utf8) row.get("station_city"),
                (Utf8) row.get("station_country"),
                (Integer) row.get("station_capacity"));
        return new Charge(Math.min(to, (Long) row.get("started_at")), to, energy, place);
    }

    /** So much of its time is before the other time. */
    long timeUntil(long time) {
        return Math.max(0, Math.min(time, to) - from);
    }

    /** So much of its energy: spread evenly over its time, in whole milliwatt-hours, rounded down. */
    long energyUntil(long time) {
        if (time >= to) {
            return time == to && from == to ? 0 : energy;
        }
        return BigInteger.valueOf(energy)
                .multiply(BigInteger.valueOf(timeUntil(time)))
                .divide(BigInteger.valueOf(Math.max(1, to - from)))
                .longValueExact();
    }

    /** The last moment that it was there: one that took no time was, when it ended. */
    long last() {
        return Math.max(from, to - 1);
    }
}
