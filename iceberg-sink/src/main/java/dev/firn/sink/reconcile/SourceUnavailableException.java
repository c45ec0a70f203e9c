package dev.firn.sink.reconcile;

import org.jspecify.annotations.Nullable;

/** A source can't be read now; nothing is known about what it holds. */
public final class SourceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SourceUnavailableException(String message) {
        super(message);
    }

    SourceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
