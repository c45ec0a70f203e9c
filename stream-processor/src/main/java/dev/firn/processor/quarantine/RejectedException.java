package dev.firn.processor.quarantine;

import org.jspecify.annotations.Nullable;

/** The record can't go on: it belongs in quarantine. */
public final class RejectedException extends RuntimeException {
    private final transient Rejection rejection;

    public RejectedException(Rejection rejection, @Nullable Throwable cause) {
        // no stack: bad records may come by the thousand, and where it was thrown says nothing that the reason doesn't
        super(rejection.reason() + ": " + rejection.detail(), cause, false, false);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
