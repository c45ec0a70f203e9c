package dev.firn.local.query;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/** Answers one question about the tables; plans those that it names, and no other. */
final class Query {
    private Query() {}

    /** @throws QueryException with one line that says what is wrong */
    static void run(Warehouse warehouse, String sql, Rows answer) {
        try (SqlSession session = SqlSession.open()) {
            Question question = Question.parse(session.connection(), sql);
            List<TableIdentifier> all = warehouse.tables();
            Set<TableIdentifier> named = question.named(all);
            session.show(warehouse, named, question.exploresCatalog() ? all : Set.of());
            new Answer(session.connection()).write(question, answer);
        } catch (SQLException e) {
            throw QueryException.of(e);
        }
    }
}
