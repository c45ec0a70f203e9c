package dev.firn.sink.commit;

import java.util.Optional;
import java.util.UUID;

/** How an attempt to shut others out of a table ended.
 *
 * @param outcome {@link Outcome.Committed} if they are
 * @param table the table, empty if there is none, so that there is nothing to shut them out of
 */
public record Claimed(Outcome outcome, Optional<UUID> table) {}
