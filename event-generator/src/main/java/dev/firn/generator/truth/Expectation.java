package dev.firn.generator.truth;

import org.jspecify.annotations.Nullable;

/**
 * What {@code SELECT CAST(measure AS VARCHAR) FROM table [WHERE filter]} must answer.
 *
 * @param what in words, for people
 * @param measure an aggregate, in DuckDB's SQL
 * @param filter a condition, in DuckDB's SQL
 */
public record Expectation(
        String table, String what, String measure, @Nullable String filter, String expected) {}
