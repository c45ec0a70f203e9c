package dev.firn.sink.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.catalog.TableIdentifier;

/** Watches commits. Called from the committers' threads; must be quick. What they throw is logged, and changes nothing. */
public interface CommitListener {
    CommitListener NONE = new CommitListener() {};

    /** One attempt ended. */
    default void attempted(TableIdentifier table, Outcome outcome, Duration took) {}

    /** The table holds the files and ranges of these windows.
     *
     * @param snapshot that they came with, if there is one
     */
    default void held(
            TableIdentifier table, Proposal proposal, List<Window> windows, OptionalLong snapshot, Instant at) {}

    /** A window was given up. */
    default void dropped(Window window, String why) {}

    /** Tells both, this one first. */
    default CommitListener andThen(CommitListener next) {
        CommitListener first = this;
        return new CommitListener() {
            @Override
            public void attempted(TableIdentifier table, Outcome outcome, Duration took) {
                first.attempted(table, outcome, took);
                next.attempted(table, outcome, took);
            }

            @Override
            public void held(
                    TableIdentifier table, Proposal proposal, List<Window> windows, OptionalLong snapshot, Instant at) {
                first.held(table, proposal, windows, snapshot, at);
                next.held(table, proposal, windows, snapshot, at);
            }

            @Override
            public void dropped(Window window, String why) {
                first.dropped(window, why);
                next.dropped(window, why);
            }
        };
    }
}
