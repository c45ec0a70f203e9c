package dev.firn.registry;

import org.jspecify.annotations.Nullable;

/** Something the registry refused or could not answer. */
public class RegistryException extends RuntimeException {
    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
