package dev.firn.sink.consume;

import java.util.Optional;

/** What a topic's name stands for: a name may come again for another topic, these ids don't.
 *
 * @param cluster id of the Kafka cluster, where known
 * @param topicId where known
 */
record Origin(Optional<String> cluster, Optional<String> topicId) {
    static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

    /** Why offsets of this origin mean nothing in the other; empty if they do, as far as is known. */
    Optional<String> difference(Origin other) {
        return difference("cluster", cluster, other.cluster).or(() -> difference("topic", topicId, other.topicId));
    }

    private static Optional<String> difference(String what, Optional<String> before, Optional<String> now) {
        return before.isEmpty() || now.isEmpty() || before.equals(now)
                ? Optional.empty()
                : Optional.of("offsets belong to " + what + " " + before.get() + ", this is " + now.get());
    }
}
