package dev.firn.sink.consume;

import java.util.Optional;
import java.util.OptionalInt;

/** What a topic's name stands for: a name may come again for another topic, these ids don't.
 *
 * @param cluster id of the Kafka cluster, where known
 * @param topicId where known
 * @param partitions how many the topic has; in a ledger, only where they matter: see {@link #hasMore}
 */
record Origin(Optional<String> cluster, Optional<String> topicId, OptionalInt partitions) {
    static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** Why offsets of this origin mean nothing in the other; empty if they do, as far as is known. */
    Optional<String> difference(Origin other) {
        return difference("cluster", cluster, other.cluster).or(() -> difference("topic", topicId, other.topicId));
    }

    /** Why keys may come through other partitions now than before; empty if they don't, as far as is known. */
    Optional<String> hasMore(Origin before) {
        return before.partitions.isPresent()
                        && partitions.isPresent()
                        && partitions.getAsInt() > before.partitions.getAsInt()
                ? Optional.of("keys came through " + before.partitions.getAsInt() + " partitions, the topic has "
                        + partitions.getAsInt() + " now: versions of one key may be in two of them")
                : Optional.empty();
    }

    private static Optional<String> difference(String what, Optional<String> before, Optional<String> now) {
        return before.isEmpty() || now.isEmpty() || before.equals(now)
                ? Optional.empty()
                : Optional.of("offsets belong to " + what + " " + before.get() + ", this is " + now.get());
    }
}
