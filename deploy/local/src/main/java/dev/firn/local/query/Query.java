package dev.firn.local.query;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/** Answers one question about the tables; plans those that it names, and no other. */
final class Query {
    private static final Pattern UNKNOWN_TABLE =
            Pattern.compile("Catalog Error: Table with name (\\S+) does not exist");

    private Query() {}

    /** @throws QueryException with one line that says what is wrong */
    static void run(Warehouse warehouse, String sql, Rows answer) {
        List<TableIdentifier> all = warehouse.tables();
        try (SqlSession session = SqlSession.open()) {
            Question question = Question.parse(session.connection(), sql);
            session.show(warehouse, question.named(all), question.exploresCatalog() ? all : List.of());
            new Answer(session).write(question, answer);
        } catch (SQLException e) {
            throw explained(e, all);
        }
    }

    /** For an unknown table DuckDB suggests tables of its own. */
    private static QueryException explained(SQLException e, List<TableIdentifier> all) {
        Matcher unknown = UNKNOWN_TABLE.matcher(QueryException.text(e));
        return unknown.lookingAt()
                ? new QueryException("no table " + unknown.group(1) + "; there are "
                        + all.stream().map(TableIdentifier::toString).collect(Collectors.joining(", ")))
                : QueryException.of(e);
    }
}
