package dev.firn.sink.query;

/** A question that is refused, was taken back, or took too long; the message is for who asked. */
public final class SqlException extends Exception {
    private static final long serialVersionUID = 1;

    SqlException(String message) {
        super(message);
    }
}
