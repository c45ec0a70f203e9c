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

    /** Whether an attempt may have reached the table, even where it is not found there: its snapshot may have been expired. */
    boolean mayHaveArrived();

    /** Deletes the proposal's files after {@link Outcome.Refused}, if nothing else has proposed them. Otherwise as {@link #settle}. */
    void discardFiles();
}
