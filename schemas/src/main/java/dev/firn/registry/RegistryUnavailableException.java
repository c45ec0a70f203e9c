package dev.firn.registry;

import org.jspecify.annotations.Nullable;

/** The registry can't be reached or answers with a server's error. Try again later. */
public class RegistryUnavailableException extends RegistryException {
    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
