package dev.firn.local.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs a question and passes its rows on, as text and as they come. */
final class Answer {
    private final SqlSession session;

    Answer(SqlSession session) {
        this.session = session;
    }

    void write(Question question, Rows to) throws SQLException {
        List<Column> columns = describe(question);
        String sql = asText(question, columns) + " LIMIT " + to.most();
        try (Statement statement = session.statement();
                ResultSet rows = statement.executeQuery(sql)) {
            to.begin(columns);
            while (rows.next()) {
                to.row(row(rows, columns.size()));
            }
        } catch (SQLException e) {
            throw session.reason(sql, e);
        }
        to.end();
    }

    private List<Column> describe(Question question) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE FROM (" + question.sql() + "\n)")) {
            while (rows.next()) {
                columns.add(Column.of(rows.getString(1), rows.getString(2)));
            }
        }
        return columns;
    }

    /** The columns get names of their own, since those of an answer need not be unique. */
    private static String asText(Question question, List<Column> columns) {
        String texts = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).kind() == Column.Kind.NESTED
                        ? "CAST(to_json(c" + i + ") AS VARCHAR)"
                        : "CAST(c" + i + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "SELECT " + texts + " FROM (" + question.sql() + "\n) AS answer(" + names + ")";
    }

    private static List<@Nullable String> row(ResultSet rows, int columns) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(rows.getString(i));
        }
        return values;
    }
}
