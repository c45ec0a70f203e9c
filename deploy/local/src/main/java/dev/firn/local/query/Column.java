package dev.firn.local.query;

import java.util.Set;

/** A column of a result: what it is called, and how its values are to be shown. */
record Column(String name, Kind kind) {
    enum Kind {
        NUMBER,
        BOOLEAN,
        TEXT,
        /** Structs, lists, maps and JSON: their text is JSON. */
        NESTED
    }

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "BIGNUM",
            "FLOAT",
            "DOUBLE");

    /** By the type as DuckDB describes it. */
    static Column of(String name, String type) {
        return new Column(name, kind(type));
    }

    private static Kind kind(String type) {
        if (type.endsWith("]") || type.startsWith("STRUCT(") || type.startsWith("MAP(") || type.equals("JSON")) {
            return Kind.NESTED;
        }
        if (NUMBERS.contains(type) || type.startsWith("DECIMAL(")) {
            return Kind.NUMBER;
        }
        return type.equals("BOOLEAN") ? Kind.BOOLEAN : Kind.TEXT;
    }
}
