package dev.firn.generator.publish;

import org.jspecify.annotations.Nullable;

/** The generator can't go on; trying again would not help. */
public class PublishException extends RuntimeException {
    public PublishException(String message) {
        super(message);
    }

    public PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
