package dev.firn.generator.truth;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a digest covers: for each, how SQL says it and what it must be. Text as DuckDB prints it: decimals with
 * all digits of their scale, booleans as true and false, times as microseconds since 1970.
 */
final class Columns<T> {
    private record Column<T>(String sql, Function<T, @Nullable String> text) {}

    private final List<Column<T>> columns = new ArrayList<>();

    Columns<T> text(String sql, Function<T, @Nullable String> value) {
        columns.add(new Column<>(sql, value));
        return this;
    }

    Columns<T> number(String sql, ToLongFunction<T> value) {
        return text(sql, row -> Long.toString(value.applyAsLong(row)));
    }

    Columns<T> decimal(String sql, Function<T, @Nullable BigDecimal> value) {
        return text(sql, row -> {
            BigDecimal decimal = value.apply(row);
            return decimal == null ? null : decimal.toPlainString();
        });
    }

    /** A floating point number of three digits behind the point, which are all that is compared: how it prints differs. */
    Columns<T> thousandths(String sql, Function<T, @Nullable Double> value) {
        return text("CAST(round(" + sql + " * 1000) AS BIGINT)", row -> {
            Double number = value.apply(row);
            return number == null ? null : Long.toString(Math.round(number * 1_000));
        });
    }

    Columns<T> flag(String sql, Predicate<T> value) {
        return text(sql, row -> Boolean.toString(value.test(row)));
    }

    Columns<T> time(String sql, Function<T, Instant> value) {
        return micros(sql, row -> microsOf(value.apply(row)));
    }

    Columns<T> micros(String sql, ToLongFunction<T> value) {
        return number("epoch_us(" + sql + ")", value);
    }

    /** The same columns, of rows that hold such a row. */
    <R> Columns<R> within(Function<R, T> part) {
        Columns<R> columns = new Columns<>();
        this.columns.forEach(
                column -> columns.text(column.sql(), row -> column.text().apply(part.apply(row))));
        return columns;
    }

    /** Adds the row to the digest, or takes it back from there.
     *
     * @param times 1 or -1
     */
    void write(T row, int times, Digest digest) {
        for (Column<T> column : columns) {
            digest.column(column.text().apply(row));
        }
        digest.end(times);
    }

    /** The digest, as SQL. */
    String measure() {
        String list = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
        return "coalesce(sum(md5_number_lower(concat_ws('|', " + list + "))), 0)";
    }

    static long microsOf(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
