package dev.firn.generator.replay;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalType;

/**
 * Dates and times as Avro counts them. Texts are as in ISO 8601, with a space or a {@code T} before the time of day;
 * without a zone they are UTC; a date alone is its midnight.
 */
final class Times {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXXXX][XXXX][X]")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** Nanoseconds in one unit of the type. */
    private static final Map<String, Long> UNITS = Map.of(
            "date", NANOS_PER_DAY,
            "time-millis", 1_000_000L,
            "time-micros", 1_000L,
            "timestamp-millis", 1_000_000L,
            "timestamp-micros", 1_000L,
            "timestamp-nanos", 1L,
            "local-timestamp-millis", 1_000_000L,
            "local-timestamp-micros", 1_000L,
            "local-timestamp-nanos", 1L);

    private Times() {}

    static boolean knows(LogicalType type) {
        return UNITS.containsKey(type.getName());
    }

    /** @throws BadValueException if it is no time, or finer than the type's unit */
    static long of(LogicalType type, Object value) {
        BigDecimal unit = BigDecimal.valueOf(UNITS.getOrDefault(type.getName(), 1L));
        try {
            BigDecimal nanos = type.getName().startsWith("time-") ? ofDay(value) : sinceEpoch(value);
            return nanos.divide(unit).longValueExact();
        } catch (DateTimeException e) {
            throw new BadValueException("no " + type.getName() + " as in ISO 8601", e);
        } catch (ArithmeticException e) {
            throw new BadValueException("too fine or too far away for " + type.getName(), e);
        }
    }

    private static BigDecimal ofDay(Object value) {
        LocalTime time = value instanceof LocalTime given
                ? given
                : LocalTime.parse(value.toString().strip());
        return BigDecimal.valueOf(time.toNanoOfDay());
    }

    private static BigDecimal sinceEpoch(Object value) {
        Instant instant = instant(value);
        return BigDecimal.valueOf(instant.getEpochSecond()).multiply(NANOS).add(BigDecimal.valueOf(instant.getNano()));
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        TemporalAccessor parsed =
                TEXT.parseBest(value.toString().strip(), Instant::from, LocalDateTime::from, LocalDate::from);
        return instant(parsed);
    }
}
