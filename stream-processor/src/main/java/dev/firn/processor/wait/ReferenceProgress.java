package dev.firn.processor.wait;

/**
 * Whether what records refer to has been taken in: without it, a backlog of customers would look like broken references.
 * Safe for several threads.
 */
public interface ReferenceProgress {
    /** Answer while the topics of references are behind, or not yet known not to be. */
    long BEHIND = Long.MAX_VALUE;

    /** Where there is nothing to refer to. */
    ReferenceProgress NOTHING_TO_TAKE_IN = new ReferenceProgress() {
        @Override
        public long currentSince() {
            return 0;
        }

        @Override
        public long takenInUntil() {
            return Long.MAX_VALUE;
        }
    };

    /** Since when, in epoch milliseconds, their intake has kept up without a break; {@link #BEHIND} if it does not. */
    long currentSince();

    /**
     * Until when, in epoch milliseconds. What came into the topics of references before is where those look who refer to
     * it, or it has been refused; 0 if nothing is known. Never goes back.
     */
    long takenInUntil();
}
