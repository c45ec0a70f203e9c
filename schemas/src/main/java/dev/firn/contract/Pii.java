package dev.firn.contract;

/** What becomes of personal data on the way out of raw. */
public enum Pii {
    /** Unreadable, but of the same shape. */
    MASK,
    /** The same for the same value, by a keyed hash. */
    HASH,
    /** Left out. */
    DROP,
    /** As it is: personal, and wanted. */
    KEEP
}
