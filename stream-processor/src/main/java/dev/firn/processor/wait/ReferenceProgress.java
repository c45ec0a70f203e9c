package dev.firn.processor.wait;

/**
 * Whether what records refer to has been taken in: without it, a backlog of customers would look like broken references.
 * Safe for several threads.
 */
public interface ReferenceProgress {
    /** Answer while the topics of references are behind, or not yet known not to be. */
    long BEHIND = Long.MAX_VALUE;

    /** Since when, in epoch milliseconds, their intake has kept up without a break; {@link #BEHIND} if it does not. */
    long currentSince();
}
