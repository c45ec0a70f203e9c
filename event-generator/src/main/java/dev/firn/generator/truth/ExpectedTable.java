package dev.firn.generator.truth;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows that a table must hold, as counts, sums and a digest; the rows themselves are not kept. */
final class ExpectedTable<T> {
    private abstract static class Measure<T> {
        /** @param times 1, or -1 where the row is none any more */
        abstract void add(T row, int times);

        abstract Expectation expectation();
    }

    private final String table;
    private final @Nullable String filter;
    private final List<Measure<T>> measures = new ArrayList<>();

    private ExpectedTable(String table, @Nullable String filter) {
        this.table = table;
        this.filter = filter;
    }

    /** A table with the number of its rows and the digest of the columns. */
    static <T> ExpectedTable<T> of(String table, Columns<T> columns) {
        return of(table, null, columns);
    }

    /** The part of a table that the filter selects. */
    static <T> ExpectedTable<T> of(String table, @Nullable String filter, Columns<T> columns) {
        return new ExpectedTable<T>(table, filter)
                .count("rows", filter, row -> true)
                .digest(columns);
    }

    void add(T row) {
        for (Measure<T> measure : measures) {
            measure.add(row, 1);
        }
    }

    /** Takes back a row that was added. */
    void remove(T row) {
        for (Measure<T> measure : measures) {
            measure.add(row, -1);
        }
    }

    List<Expectation> expectations() {
        return measures.stream().map(Measure::expectation).toList();
    }

    /** Adds how many rows the condition selects, which is given in SQL and in Java. */
    ExpectedTable<T> count(String what, @Nullable String sql, Predicate<T> condition) {
        measures.add(new Measure<T>() {
            private long count;

            @Override
            void add(T row, int times) {
                count += condition.test(row) ? times : 0;
            }

            @Override
            Expectation expectation() {
                return new Expectation(table, what, "count(*)", sql, Long.toString(count));
            }
        });
        return this;
    }

    /** Adds the sum of a whole-number column. */
    ExpectedTable<T> sum(String what, String column, ToLongFunction<T> value) {
        measures.add(new Measure<T>() {
            private long sum;

            @Override
            void add(T row, int times) {
                sum += times * value.applyAsLong(row);
            }

            @Override
            Expectation expectation() {
                return new Expectation(table, what, "coalesce(sum(" + column + "), 0)", filter, Long.toString(sum));
            }
        });
        return this;
    }

    /** Adds the sum of a column of money over the rows that the condition selects. */
    ExpectedTable<T> money(
            String what, String column, Function<T, BigDecimal> value, @Nullable String sql, Predicate<T> condition) {
        measures.add(new Measure<T>() {
            private BigDecimal sum = new BigDecimal("0.00");

            @Override
            void add(T row, int times) {
                BigDecimal more = condition.test(row) ? value.apply(row) : BigDecimal.ZERO;
                sum = times > 0 ? sum.add(more) : sum.subtract(more);
            }

            @Override
            Expectation expectation() {
                return new Expectation(table, what, "coalesce(sum(" + column + "), 0.00)", sql, sum.toPlainString());
            }
        });
        return this;
    }

    private ExpectedTable<T> digest(Columns<T> columns) {
        measures.add(new Measure<T>() {
            private final Digest digest = new Digest();

            @Override
            void add(T row, int times) {
                columns.write(row, times, digest);
            }

            @Override
            Expectation expectation() {
                return new Expectation(table, "digest of the rows", columns.measure(), filter, digest.sum());
            }
        });
        return this;
    }
}
