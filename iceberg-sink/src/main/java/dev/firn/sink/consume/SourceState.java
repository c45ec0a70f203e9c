package dev.firn.sink.consume;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * Following    the broker no longer has the next offset        Positioning
 * Blocked      the table is asked again, every while           Following, or Blocked as before
 * </pre>
 */
sealed interface SourceState {
    /** Must ask the table where it stands, not before the instant. */
    record Positioning(Instant notBefore) implements SourceState {}

    record Following() implements SourceState {}

    /** Goes on with the same record at the instant. */
    record Stalled(Instant until) implements SourceState {}

    /** Can't go on without losing or doubling records, unless what it is asked at the instant has been mended or decided. */
    record Blocked(Block block, String why, Instant askAgain) implements SourceState {
        boolean isAsBefore(@Nullable SourceState before) {
            return before instanceof Blocked blocked
                    && blocked.block() == block
                    && blocked.why().equals(why);
        }
    }

    /** When the table must be asked where it stands; empty while that is known. */
    default Optional<Instant> askAt() {
        if (this instanceof Positioning positioning) {
            return Optional.of(positioning.notBefore());
        }
        return this instanceof Blocked blocked ? Optional.of(blocked.askAgain()) : Optional.empty();
    }

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
        /** This is not the topic that the table followed: its id, its cluster's id, or its end says so. */
        SOURCE_RECREATED,
        /** The topic has more partitions than when the table's keys began to be known by theirs. */
        PARTITIONS_ADDED,
        /** The table that Firn committed to is gone. */
        TABLE_DROPPED,
        /** There is another table by the name of the one that Firn committed to. */
        TABLE_REPLACED,
        /** It can't be told what the table holds: it went back to where no snapshot says so. */
        LEDGER_LOST,
        /** The branch that the table's commits would go to can't be had, or another one was left before it was published. */
        BRANCH_UNUSABLE
    }
}
