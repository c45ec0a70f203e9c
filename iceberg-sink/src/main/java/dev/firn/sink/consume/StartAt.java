package dev.firn.sink.consume;

/** Where a table begins to follow a partition that its ledger does not know. */
public enum StartAt {
    EARLIEST,
    LATEST;

    long in(Feed.Bounds bounds) {
        return this == EARLIEST ? bounds.earliest() : bounds.latest();
    }
}
