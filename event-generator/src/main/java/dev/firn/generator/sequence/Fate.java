package dev.firn.generator.sequence;

import dev.firn.quarantine.Reason;
import org.jspecify.annotations.Nullable;

/** What is bound to become of an event. Whether it is late only its partition tells. */
public enum Fate {
    VALID(null),
    /** The same bytes again: bronze keeps it, silver does not. */
    DUPLICATE(null),
    RULE_FAILED(Reason.RULE_FAILED),
    BROKEN_REFERENCE(Reason.BROKEN_REFERENCE),
    NULL_VALUE(Reason.NULL_VALUE),
    BAD_MAGIC(Reason.BAD_MAGIC),
    UNKNOWN_SCHEMA_ID(Reason.UNKNOWN_SCHEMA_ID),
    MALFORMED(Reason.MALFORMED);

    private final @Nullable Reason reason;

    Fate(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** Why it ends in quarantine, if it does. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** Whether the bytes are a record of the topic's schema. */
    public boolean decodable() {
        return switch (this) {
            case VALID, DUPLICATE, RULE_FAILED, BROKEN_REFERENCE -> true;
            case NULL_VALUE, BAD_MAGIC, UNKNOWN_SCHEMA_ID, MALFORMED -> false;
        };
    }
}
