package dev.firn.sink.commit;

/** The table is not in a state that the decision is for. */
public final class NothingToDecideException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NothingToDecideException(String message) {
        super(message);
    }
}
