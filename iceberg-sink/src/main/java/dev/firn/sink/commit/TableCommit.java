package dev.firn.sink.commit;

/** A proposal on its way into its table. For one thread at a time. */
public interface TableCommit {
    Proposal proposal();

    /** Tries once, from a fresh base, unless an earlier attempt turns out to have arrived. Never throws for a failure. */
    Outcome attempt();

    /**
     * Deletes the metadata of attempts that did not make it, once the outcome is final. Never anything that a snapshot
     * refers to. Does not throw for a failure of the storage.
     */
    void settle(Outcome last);

    /** Deletes the proposal's files after {@link Outcome.Refused}. Otherwise as {@link #settle}. */
    void discardFiles();
}
