package dev.firn.generator.sequence;

import dev.firn.generator.chance.Dice;
import org.jspecify.annotations.Nullable;

/** The last events that may be sent again. */
final class Recent {
    private static final int KEPT = 512;
    private static final long SIXTY_SECONDS = 60_000_000;

    private final @Nullable Event[] ring = new Event[KEPT];
    private int next;
    private int size;

    void add(Event event) {
        ring[next] = event;
        next = (next + 1) % KEPT;
        size = Math.min(size + 1, KEPT);
    }

    /** One that was sent at most 60 simulated seconds before the given time, if the draw hits such a one. */
    @Nullable
    Event draw(long micros, Dice dice) {
        if (size == 0) {
            return null;
        }
        Event event = ring[dice.below(size)];
        return event != null && micros - event.micros() <= SIXTY_SECONDS ? event : null;
    }
}
