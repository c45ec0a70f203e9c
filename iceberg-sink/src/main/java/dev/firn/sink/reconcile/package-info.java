/** Proves that each record is in its table or in quarantine exactly once: ledger against Kafka, and against the rows. */
@NullMarked
package dev.firn.sink.reconcile;

import org.jspecify.annotations.NullMarked;
