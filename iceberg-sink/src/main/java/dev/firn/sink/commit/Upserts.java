package dev.firn.sink.commit;

import org.apache.iceberg.catalog.TableIdentifier;

/** Knows how to change tables by key. Safe for use by many threads; proposals for one table come one after the other. */
@FunctionalInterface
public interface Upserts {
    /** The changes of a proposal that has keys. */
    Changes changes(TableIdentifier table, Proposal proposal);
}
