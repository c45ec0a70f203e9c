package dev.firn.sink.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;

/** Watches commits. Called from the committers' threads; must be quick and not throw. */
public interface CommitListener {
    CommitListener NONE = new CommitListener() {};

    /** One attempt ended. */
    default void attempted(TableIdentifier table, Outcome outcome, Duration took) {}

    /** The table holds the files and ranges of these windows. */
    default void held(TableIdentifier table, Proposal proposal, List<Window> windows, Instant at) {}

    /** A window was given up. */
    default void dropped(Window window, String why) {}
}
