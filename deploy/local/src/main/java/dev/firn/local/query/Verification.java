package dev.firn.local.query;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/** Compares the tables of a data directory with the truth, by what they hold, and must not show, when it is called. */
public final class Verification {
    private Verification() {}

    /**
     * Evaluates every expectation of the truth, and looks for personal values.
     *
     * @throws QueryException when the tables can't be read at all; one that is missing is a difference
     */
    public static Verdict of(Path dataDir, Truth truth) {
        try (Warehouse warehouse = Warehouse.open(dataDir)) {
            return of(warehouse, truth);
        }
    }

    private static Verdict of(Warehouse warehouse, Truth truth) {
        List<Expectation> expectations = truth.expectations();
        Set<String> wanted = expectations.stream().map(Expectation::table).collect(Collectors.toSet());
        Set<TableIdentifier> there = warehouse.tables().stream()
                .filter(table -> wanted.contains(table.toString()) || Disclosures.looksAt(table))
                .collect(Collectors.toSet());
        Set<String> names = there.stream().map(TableIdentifier::toString).collect(Collectors.toSet());
        List<Difference> differences = new ArrayList<>();
        try (SqlSession session = SqlSession.open()) {
            session.show(warehouse, there, Set.of());
            for (Expectation expectation : expectations) {
                String found = names.contains(expectation.table()) ? value(session, expectation) : missing(expectation);
                if (!found.equals(expectation.expected())) {
                    differences.add(new Difference(expectation, found));
                }
            }
            differences.addAll(new Disclosures(truth.personal()).in(session, there));
        } catch (SQLException e) {
            throw QueryException.of(e);
        }
        return new Verdict(wanted.size(), expectations.size(), List.copyOf(differences));
    }

    /** A table is made when its first record comes: none is as good as an empty one. */
    private static String missing(Expectation expectation) {
        return expectation.expected().matches("0(\\.0+)?") ? expectation.expected() : "no such table";
    }

    private static String value(SqlSession session, Expectation expectation) {
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(expectation.sql())) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            return QueryException.text(session.reason(expectation.sql(), e));
        }
    }
}
