package dev.firn.local.query;

import dev.firn.local.CommandException;
import java.sql.SQLException;

/** What was asked for can't be answered; the message is one line for the person who asked. */
public final class QueryException extends CommandException {
    private static final long serialVersionUID = 1;

    QueryException(String message) {
        super(message);
    }

    QueryException(String message, Throwable cause) {
        super(message, cause);
    }

    static QueryException of(SQLException e) {
        return new QueryException(text(e), e);
    }

    /** DuckDB repeats the query below its message, with a mark under the place: only the message is kept. */
    static String text(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int place = message.indexOf("\n\nLINE ");
        return (place < 0 ? message : message.substring(0, place)).replaceAll("\\s*\\R\\s*", " ");
    }
}
