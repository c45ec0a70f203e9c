package dev.firn.processor.window;

/** Folds facts of one window after the other into rows. Not for several threads. */
interface WindowRows {
    /** Receives rows. */
    interface Out {
        void row(byte[] key, byte[] row);
    }

    /** A window is folded, from its first facts on; what is left of one whose folding failed is forgotten. */
    void begin();

    /** Takes in a chunk of the window that ends then. Those of a pane that have the same dimensions come one after the other. */
    void add(long end, byte[] dimensions, byte[] facts, Out out);

    /** There are no more chunks. */
    void finish(long end, Out out);

    /** So many events are in the chunk. */
    long events(byte[] facts);
}
