package dev.firn.registry;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to ask the registry. */
sealed interface Outcome {
    /** The registry took the request and answers. */
    record Granted(JsonNode body) implements Outcome {}

    /** The registry refuses, and will again. */
    record Refused(int code, String message) implements Outcome {}

    /** Nobody who could know has answered. */
    record Unanswered(
            String why, boolean worthAnotherTry, @Nullable Throwable cause) implements Outcome {}
}
