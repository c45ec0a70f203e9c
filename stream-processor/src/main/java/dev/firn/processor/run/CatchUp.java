package dev.firn.processor.run;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells from samples of a group's positions whether it keeps up with its inputs: whether it has reached, not too long
 * afterwards, the ends that they had at some moment. An input that grows all the time is never at its end, and still kept
 * up with. Not for several threads.
 */
final class CatchUp {
    private final long toleranceMillis;
    private Map<TopicPartition, LagMeter.Position> target = Map.of();
    private long targetAt;
    private long takenInUntil = Long.MIN_VALUE;
    private long currentSince = ReferenceProgress.BEHIND;

    /** @param tolerance how far behind, in wall clock time, still keeps up */
    CatchUp(Duration tolerance) {
        this.toleranceMillis = tolerance.toMillis();
    }

    /** Takes a sample of all inputs.
     *
     * @param now epoch milliseconds, not after the sample was taken
     * @return as {@link ReferenceProgress#currentSince()}
     */
    long sample(long now, Map<TopicPartition, LagMeter.Position> positions) {
        if (!target.isEmpty() && isReached(positions)) {
            takenInUntil = targetAt;
        }
        if (target.isEmpty() || takenInUntil == targetAt) {
            target = positions;
            targetAt = now;
            takenInUntil = isReached(positions) ? now : takenInUntil;
        }
        boolean current = takenInUntil != Long.MIN_VALUE && now - takenInUntil <= toleranceMillis;
        if (!current) {
            currentSince = ReferenceProgress.BEHIND;
        } else if (currentSince == ReferenceProgress.BEHIND) {
            currentSince = now;
        }
        return currentSince;
    }

    private boolean isReached(Map<TopicPartition, LagMeter.Position> positions) {
        return target.entrySet().stream().allMatch(input -> {
            LagMeter.Position at = positions.get(input.getKey());
            // a topic that was made anew begins anew
            return at == null || at.committed() >= input.getValue().end();
        });
    }
}
