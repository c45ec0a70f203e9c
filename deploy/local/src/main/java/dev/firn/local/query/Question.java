package dev.firn.local.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * One SELECT, as DuckDB's own parser sees it. Nothing else gets this far: the parser gives no tree for statements that
 * could write, attach, copy or set.
 *
 * @param sql the text
 * @param tables what it names, as far as it names tables of the catalog
 * @param exploresCatalog whether it asks which tables there are, or names tables in ways that only running it shows
 */
record Question(String sql, Set<List<String>> tables, boolean exploresCatalog) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CATALOG_SCHEMAS = Set.of("information_schema", "pg_catalog");

    /** @throws QueryException when it isn't exactly one SELECT (or DESCRIBE, SUMMARIZE, SHOW) that parses */
    static Question parse(Connection duck, String text) throws SQLException {
        String sql = text.strip().replaceAll("(;\\s*)+$", "");
        JsonNode tree = tree(duck, sql);
        if (tree.path("error").asBoolean()) {
            throw refused(tree);
        }
        if (tree.path("statements").size() != 1) {
            throw new QueryException(
                    "one statement at a time: found " + tree.path("statements").size());
        }
        Set<List<String>> tables = new HashSet<>();
        boolean explores = visit(tree, tables);
        return new Question(sql, tables, explores);
    }

    private static JsonNode tree(Connection duck, String sql) throws SQLException {
        try (PreparedStatement statement = duck.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, sql);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return JSON.readTree(rows.getString(1));
            }
        } catch (JsonProcessingException e) {
            throw new QueryException("the query can't be parsed", e);
        }
    }

    private static QueryException refused(JsonNode tree) {
        return "parser".equals(tree.path("error_type").asText())
                ? new QueryException(tree.path("error_message").asText())
                : new QueryException("tables are only read here: a SELECT, DESCRIBE, SUMMARIZE or SHOW is expected");
    }

    /** Collects the tables, and tells whether something below the node explores the catalog. */
    private static boolean visit(JsonNode node, Set<List<String>> tables) {
        boolean explores = false;
        switch (node.path("type").asText()) {
            case "BASE_TABLE" -> explores = table(node, tables);
            case "SHOW_REF" -> explores = node.path("query").isNull();
            case "FUNCTION" -> explores = exploring(node.path("function_name").asText());
            default -> {}
        }
        for (JsonNode child : node) {
            explores |= visit(child, tables);
        }
        return explores;
    }

    private static boolean table(JsonNode node, Set<List<String>> tables) {
        List<String> path = new ArrayList<>();
        node.path("qualified_name").path("path").forEach(part -> path.add(part.asText()));
        tables.add(path);
        return CATALOG_SCHEMAS.contains(path.get(0).toLowerCase(Locale.ROOT));
    }

    private static boolean exploring(String function) {
        return function.startsWith("duckdb_") || function.startsWith("pragma_") || function.startsWith("query");
    }

    /** Those of the catalog's tables that the query names, with or without their namespace. */
    Set<TableIdentifier> named(List<TableIdentifier> all) {
        Set<TableIdentifier> named = new TreeSet<>(Comparator.comparing(TableIdentifier::toString));
        for (TableIdentifier table : all) {
            if (tables.stream().anyMatch(path -> matches(path, table))) {
                named.add(table);
            }
        }
        return named;
    }

    private static boolean matches(List<String> path, TableIdentifier table) {
        String namespace = table.namespace().toString();
        int last = path.size() - 1;
        return path.get(last).equalsIgnoreCase(table.name())
                && (last == 0 || path.get(last - 1).equalsIgnoreCase(namespace));
    }
}
