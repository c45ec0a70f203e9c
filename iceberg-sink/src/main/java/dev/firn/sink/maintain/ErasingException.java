package dev.firn.sink.maintain;

import java.util.UUID;

/** Another erasure is not done yet. */
public final class ErasingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UUID id;

    ErasingException(UUID id) {
        super("another erasure is running: " + id);
        this.id = id;
    }

    /** Of the one that runs. */
    public UUID id() {
        return id;
    }
}
