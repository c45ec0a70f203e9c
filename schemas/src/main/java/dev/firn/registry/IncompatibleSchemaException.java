package dev.firn.registry;

import org.jspecify.annotations.Nullable;

/** The subject's compatibility level forbids the schema. */
public class IncompatibleSchemaException extends RegistryException {
    public IncompatibleSchemaException(String message) {
        super(message);
    }

    public IncompatibleSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
