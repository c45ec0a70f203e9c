package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Station;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code gold.station_utilization} of one partition. Each time the watermark passes a quarter of an hour, the table gets the
 * windows that have ended by then, and those that sessions told since have changed.
 */
final class StationWindows {
    private static final long QUARTER = 15L * 60 * 1_000_000;
    private static final long KEPT = 24L * 60 * 60 * 1_000_000;

    /** What a session did within a window.
     *
     * @param milliwattHours what it had drawn at the end of the window less what it had at its beginning
     */
    record Part(long micros, BigInteger milliwattHours) {}

    record Use(long start, Station station, List<Part> parts) {
        BigDecimal milliwattHours() {
            return new BigDecimal(parts.stream().map(Part::milliwattHours).reduce(BigInteger.ZERO, BigInteger::add));
        }

        BigDecimal micros() {
            return BigDecimal.valueOf(parts.stream().mapToLong(Part::micros).sum());
        }

        double kilowattHours() {
            return milliwattHours()
                    .movePointLeft(6)
                    .setScale(3, RoundingMode.HALF_UP)
                    .doubleValue();
        }

        String busyTenThousandths() {
            return micros().movePointRight(4)
                    .divide(BigDecimal.valueOf(station.getCapacity() * QUARTER), 0, RoundingMode.HALF_UP)
                    .toPlainString();
        }

        @Nullable
        Double averageKw() {
            return micros().signum() == 0
                    ? null
                    : milliwattHours()
                            .multiply(new BigDecimal(3_600))
                            .divide(micros(), 3, RoundingMode.HALF_UP)
                            .doubleValue();
        }
    }

    /** By start and station. */
    private final NavigableMap<Long, Map<String, Use>> windows = new TreeMap<>();

    private final NavigableMap<Long, Map<String, Use>> told = new TreeMap<>();
    private final ExpectedTable<Use> table;
    private long closedUntil = Long.MIN_VALUE;

    /** @param table shared by all partitions */
    StationWindows(ExpectedTable<Use> table) {
        this.table = table;
    }

    /** Takes in a session that is not late.
     *
     * @param watermark of the partition, with the session
     */
    void add(ChargingSession session, Station station, long watermark) {
        long to = Columns.microsOf(session.getEndedAt());
        long from = Math.min(to, Columns.microsOf(session.getStartedAt()));
        long last = from == to ? to : to - 1;
        for (long start = Math.max(quarter(from), quarter(watermark - KEPT)); start <= last; start += QUARTER) {
            windows.computeIfAbsent(start, s -> new TreeMap<>())
                    .merge(
                            station.getStationId(),
                            new Use(start, station, List.of(part(session, from, to, start))),
                            StationWindows::both);
        }
        if (quarter(watermark) > closedUntil) {
            closedUntil = quarter(watermark);
            close(quarter(watermark - KEPT));
        }
    }

    private static Use both(Use one, Use other) {
        List<Part> parts = new ArrayList<>(one.parts());
        parts.addAll(other.parts());
        return new Use(one.start(), other.station(), parts);
    }

    private static Part part(ChargingSession session, long from, long to, long start) {
        long end = start + QUARTER;
        BigInteger whole = new BigDecimal(Double.toString(session.getEnergyKwh()))
                .movePointRight(6)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        if (from == to) {
            return new Part(0, whole);
        }
        long before = Math.max(0, start - from);
        long until = Math.min(end, to) - from;
        BigInteger all = BigInteger.valueOf(to - from);
        return new Part(
                until - before,
                whole.multiply(BigInteger.valueOf(until))
                        .divide(all)
                        .subtract(whole.multiply(BigInteger.valueOf(before)).divide(all)));
    }

    private void close(long oldest) {
        windows.headMap(closedUntil - QUARTER, true)
                .forEach((start, stations) -> stations.forEach((id, use) -> {
                    Use before =
                            told.computeIfAbsent(start, s -> new TreeMap<>()).put(id, use);
                    if (before != null) {
                        table.remove(before);
                    }
                    table.add(use);
                }));
        windows.headMap(oldest).clear();
        told.headMap(oldest).clear();
    }

    private static long quarter(long time) {
        return Math.floorDiv(time, QUARTER) * QUARTER;
    }

    /** The table of all partitions. */
    static ExpectedTable<Use> table() {
        Columns<Use> columns = new Columns<Use>()
                .micros("window_start", Use::start)
                .micros("window_end", use -> use.start() + QUARTER)
                .text("station_id", use -> use.station().getStationId())
                .text("station_name", use -> use.station().getName())
                .text("station_city", use -> use.station().getLocation().getCity())
                .text("station_country", use -> use.station().getLocation().getCountry())
                .number("station_capacity", use -> use.station().getCapacity())
                .number("sessions", use -> use.parts().size())
                .thousandths("energy_kwh", Use::kilowattHours)
                .text("CAST(round(busy_share * 10000) AS BIGINT)", Use::busyTenThousandths)
                .thousandths("average_kw", Use::averageKw);
        return ExpectedTable.of("gold.station_utilization", columns)
                .sum("sessions", "sessions", use -> use.parts().size());
    }
}
