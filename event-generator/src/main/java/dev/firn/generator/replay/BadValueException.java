package dev.firn.generator.replay;

import org.jspecify.annotations.Nullable;

/** A value is not what the schema wants. The message names the field, and never holds the value. */
final class BadValueException extends RuntimeException {
    private final String path;
    private final String problem;

    BadValueException(String problem) {
        this("", problem, null);
    }

    BadValueException(String problem, Throwable cause) {
        this("", problem, cause);
    }

    private BadValueException(String path, String problem, @Nullable Throwable cause) {
        super(path.isEmpty() ? problem : path + ": " + problem, cause);
        this.path = path;
        this.problem = problem;
    }

    /** The same, seen from what holds the value: a field, or {@code [3]} for an element. */
    BadValueException in(String step) {
        String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
        return new BadValueException(step + separator + path, problem, this);
    }
}
