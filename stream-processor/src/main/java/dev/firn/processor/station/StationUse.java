package dev.firn.processor.station;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** How one station was used in one window, so far.
 *
 * @param time of all sessions together, in microseconds
 * @param energy in milliwatt-hours
 * @param sent whether the table has it like that
 */
record StationUse(Charge.Place place, long sessions, long time, long energy, boolean sent) {
    static final Schema SCHEMA = Contracts.schema("gold.station_utilization");

    private static final BigDecimal MILLIWATT_HOURS_PER_KILOWATT_HOUR = BigDecimal.valueOf(1_000_000);
    /** Milliwatt-hours by microseconds, in kilowatts. */
    private static final BigDecimal KILOWATTS = BigDecimal.valueOf(3_600);

    private static final int THOUSANDTHS = 3;
    private static final int SHARE_DIGITS = 4;

    static StationUse none(Charge.Place place) {
        return new StationUse(place, 0, 0, 0, false);
    }

    /** With what the session did in the window. */
    StationUse with(Charge charge, long start, long end) {
        return new StationUse(
                charge.place(),
                sessions + 1,
                time + charge.timeUntil(end) - charge.timeUntil(start),
                energy + charge.energyUntil(end) - charge.energyUntil(start),
                false);
    }

    StationUse asSent() {
        return new StationUse(place, sessions, time, energy, true);
    }

    GenericRecord row(long start, long end) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("window_start", start);
        row.put("window_end", end);
        row.put("station_id", place.id());
        row.put("station_name", place.name());
        row.put("station_city", place.city());
        row.put("station_country", place.country());
        row.put("station_capacity", place.capacity());
        row.put("sessions", sessions);
        row.put("energy_kwh", by(BigDecimal.valueOf(energy), MILLIWATT_HOURS_PER_KILOWATT_HOUR, THOUSANDTHS));
        row.put(
                "busy_share",
                by(BigDecimal.valueOf(time), BigDecimal.valueOf((end - start) * place.capacity()), SHARE_DIGITS));
        row.put("average_kw", averageKw());
        return row;
    }

    private @Nullable Double averageKw() {
        return time == 0
                ? null
                : by(BigDecimal.valueOf(energy).multiply(KILOWATTS), BigDecimal.valueOf(time), THOUSANDTHS);
    }

    private static double by(BigDecimal value, BigDecimal divisor, int digits) {
        return value.divide(divisor, digits, RoundingMode.HALF_UP).doubleValue();
    }

    byte[] pack(Packer out) {
        out.reset();
        Utf8s.put(place.id(), out);
        Utf8s.put(place.name(), out);
        Utf8s.put(place.city(), out);
        Utf8s.put(place.country(), out);
        return out.putLong(place.capacity())
                .putLong(sessions)
                .putLong(time)
                .putLong(energy)
                .putByte(sent ? 1 : 0)
                .toBytes();
    }

    static StationUse unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        Charge.Place place =
                new Charge.Place(Utf8s.take(in), Utf8s.take(in), Utf8s.take(in), Utf8s.take(in), (int) in.takeLong());
        return new StationUse(place, in.takeLong(), in.takeLong(), in.takeLong(), in.takeByte() == 1);
    }
}
