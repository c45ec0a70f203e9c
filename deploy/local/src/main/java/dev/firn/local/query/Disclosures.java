package dev.firn.local.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Looks for personal values in every column of every row of silver and gold, and in what quarantine says of records; the
 * records themselves are there as they came.
 */
final class Disclosures {
    private static final Set<String> HIDDEN_IN = Set.of("silver", "gold");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("ops", "quarantine");

    private final PersonalValues personal;

    Disclosures(PersonalValues personal) {
        this.personal = personal;
    }

    static boolean looksAt(TableIdentifier table) {
        return table.equals(QUARANTINE) || HIDDEN_IN.contains(table.namespace().toString());
    }

    /** The tables that show something; says how many rows do, and not what. */
    List<Difference> in(SqlSession session, Iterable<TableIdentifier> tables) throws SQLException {
        List<Difference> found = new ArrayList<>();
        for (TableIdentifier table : tables) {
            if (looksAt(table)) {
                long rows = rows(session, table);
                if (rows > 0) {
                    Expectation none =
                            new Expectation(table.toString(), "rows with personal data", "count(*)", null, "0");
                    found.add(new Difference(none, Long.toString(rows)));
                }
            }
        }
        return found;
    }

    private long rows(SqlSession session, TableIdentifier table) throws SQLException {
        String name = Sql.name(table.namespace().toString()) + "." + Sql.name(table.name());
        String row = table.equals(QUARANTINE) ? "{'detail': t.detail, 'field': t.field}" : "t";
        long count = 0;
        try (Statement statement = session.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT CAST(to_json(" + row + ") AS VARCHAR) FROM " + name + " t")) {
            while (rows.next()) {
                count += personal.areIn(rows.getString(1)) ? 1 : 0;
            }
        }
        return count;
    }
}
