package dev.firn.sink.decode;

/** Moves a cursor over a value of one type, and refuses what is none. Immutable. */
interface Check {
    /** Leaves the cursor behind the value.
     *
     * @throws dev.firn.serde.UndecodableException if there is none
     */
    void check(AvroInput in, Trail trail);

    /** Bytes that the shortest value takes. */
    int minimumSize();
}
