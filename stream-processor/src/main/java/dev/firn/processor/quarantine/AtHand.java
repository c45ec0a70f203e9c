package dev.firn.processor.quarantine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record that a thread processes although it came earlier: of such a one Kafka Streams tells its exception handlers
 * nothing.
 */
public final class AtHand {
    private static final ThreadLocal<@Nullable Source> NOW = new ThreadLocal<>();

    private AtHand() {}

    /** Does the record's work, further steps of it included. */
    public static <T extends @Nullable Object> T with(Source source, Supplier<T> work) {
        NOW.set(source);
        try {
            return work.get();
        } finally {
            NOW.remove();
        }
    }

    /** The thread's; null if none came earlier. */
    static @Nullable Source get() {
        return NOW.get();
    }
}
