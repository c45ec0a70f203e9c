package dev.firn.sink.consume;

import dev.firn.sink.commit.RejectMark;
import java.util.Optional;
import java.util.Set;

/** Where a table stands with a source.
 *
 * @param end the next offset that the table needs; empty if it never took any
 * @param origin what the table's offsets belong to, as its ledger says
 * @param knowsTopic whether it ever took any of the topic, from whatever partition
 * @param mark how far the quarantine table has followed
 * @param rejected offsets from {@code end} on that the quarantine table holds already: of a round that ended between its two
 *     commits
 */
record Position(Optional<Long> end, Origin origin, boolean knowsTopic, RejectMark mark, Set<Long> rejected) {
    Position {
        rejected = Set.copyOf(rejected);
    }
}
