package dev.firn.local.query;

import org.jspecify.annotations.Nullable;

/**
 * What the generator's truth says of a table.
 *
 * @param table with its namespace
 * @param what for people
 * @param measure an SQL aggregate over the table's columns
 * @param filter an SQL condition; all rows without one
 * @param expected the measure's value, cast to text
 */
public record Expectation(
        String table, String what, String measure, @Nullable String filter, String expected) {
    String sql() {
        String where = filter == null ? "" : " WHERE " + filter;
        return "SELECT CAST(" + measure + " AS VARCHAR) FROM " + table + where;
    }
}
