package dev.firn.local.query;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;

/** Answers one question about the tables; plans those that it names, and no other. */
public final class Query {
    /** Takes rows one by one. */
    public interface Visitor {
        void row(ResultSet row) throws SQLException;
    }

    private static final Pattern UNKNOWN_TABLE =
            Pattern.compile("Catalog Error: Table with name (\\S+) does not exist");

    private Query() {}

    /** @throws QueryException with one line that says what is wrong */
    static void run(Warehouse warehouse, String sql, Rows answer) {
        try (SqlSession session = SqlSession.open()) {
            run(warehouse, session, sql, answer);
        } catch (SQLException e) {
            throw QueryException.of(e);
        }
    }

    /** The same, in a session that has just been opened. */
    static void run(Warehouse warehouse, SqlSession session, String sql, Rows answer) {
        List<TableIdentifier> all = warehouse.tables();
        try {
            Question question = Question.parse(session.connection(), sql);
            session.show(warehouse, question.named(all), question.exploresCatalog() ? all : List.of());
            new Answer(session).write(question, answer);
        } catch (SQLException e) {
            throw explained(e, all);
        }
    }

    /** Prints the answer; no value is cut.
     *
     * @throws QueryException with one line that says what is wrong
     */
    public static void print(Warehouse warehouse, String sql, Format format, PrintWriter out) {
        run(warehouse, sql, format.whole(out));
    }

    /** Hands each row of the answer over.
     *
     * @throws QueryException with one line that says what is wrong
     */
    public static void each(Warehouse warehouse, String sql, Visitor visitor) {
        List<TableIdentifier> all = warehouse.tables();
        try (SqlSession session = SqlSession.open()) {
            session.show(warehouse, Question.parse(session.connection(), sql).named(all), List.of());
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    visitor.row(rows);
                }
            }
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
