package dev.firn.sink.quarantine;

import dev.firn.sink.commit.RejectSource;
import java.util.Optional;
import java.util.Set;

/** Looks up what the quarantine table holds. */
public interface HeldRejects {
    /** The offsets of the source's rejects from an offset on.
     *
     * @param topicId of the topic by that name that is meant, where known
     * @throws RuntimeException whatever catalog or storage throw while they can't be read
     */
    Set<Long> from(RejectSource source, long offset, Optional<String> topicId);
}
