package dev.firn.local;

import org.jspecify.annotations.Nullable;

/** Something that the user can mend. The message is one line that says what, and what to do; it is printed as it is. */
public class CommandException extends RuntimeException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
