package dev.firn.sink.consume;

import java.time.Instant;
import java.util.Locale;

/**
 * What a lane does with a partition it is assigned. Only {@link Following} takes records.
 *
 * <pre>
 * from         when                                            to
 * (assigned)                                                   Positioning
 * Positioning  the table's ledger has been read                Following
 * Positioning  the partition does not hold what it needs       Blocked
 * Following    the registry can't be asked for a schema        Stalled
 * Stalled      the time has come                               Following
 * Following    the window was dropped, or its files failed     Positioning
 * Stalled      the same                                        Positioning
 * Following    the broker no longer has the next offset        Blocked
 * Blocked      the partition is taken away, and assigned anew  Positioning
 * </pre>
 */
sealed interface SourceState {
    /** Must ask the table where it stands, not before the instant. */
    record Positioning(Instant notBefore) implements SourceState {}

    record Following() implements SourceState {}

    /** Goes on with the same record at the instant. */
    record Stalled(Instant until) implements SourceState {}

    /** Can't go on without losing records. */
    record Blocked(Block block, String why) implements SourceState {}

    /** For people. */
    default String text() {
        return this instanceof Blocked blocked
                ? blocked.block().name()
                : getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /** Why a partition needs an operator. */
    enum Block {
        /** Records that the table still needs are gone from the topic. */
        SOURCE_TRUNCATED,
        /** The table is past the topic's end: this is not the topic that it followed. */
        SOURCE_RECREATED
    }
}
