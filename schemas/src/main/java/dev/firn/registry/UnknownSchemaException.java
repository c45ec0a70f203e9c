package dev.firn.registry;

import org.jspecify.annotations.Nullable;

/** The registry holds no such id, subject or version. */
public class UnknownSchemaException extends RegistryException {
    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
