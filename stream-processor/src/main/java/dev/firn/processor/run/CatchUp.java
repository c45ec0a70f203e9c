package dev.firn.processor.run;

import dev.firn.processor.wait.ReferenceProgress;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells from samples how far references have been taken in: goes after the ends that the inputs had at some moment, through
 * all steps to where those look who refer to them, and then begins anew. An input that grows all the time is never at its
 * end, and still kept up with. Not for several threads.
 */
final class CatchUp {
    /** What is waited for, with the ends that were met before. */
    private enum Step {
        /** Application has read the inputs. */
        READ,
        /** What came of it, and which records wait, is in the stores. */
        STORED,
        /** No record of before waits any more. */
        SETTLED,
        /** What came of those that waited is in the stores. */
        STORED_AGAIN
    }

    private final long toleranceMillis;
    private final Step last;
    private Step step = Step.READ;
    private Map<TopicPartition, LagMeter.Position> target = Map.of();
    private Map<TopicPartition, LagMeter.Position> stores = Map.of();
    private long targetAt;
    private long lastTook;
    private long takenInUntil;
    private long currentSince = ReferenceProgress.BEHIND;

    /** At one moment, asked for in this order.
     *
     * @param inputs where the applications are that take references in
     * @param stores where this instance's copies of what came of them are
     * @param front by input, before which offset nothing waits, by what has reached the copies
     */
    record Sample(
            Map<TopicPartition, LagMeter.Position> inputs,
            Map<TopicPartition, LagMeter.Position> stores,
            ToLongFunction<TopicPartition> front) {}

    /**
     * Begins to follow.
     *
     * @param tolerance how long it may take, in wall clock time, until what was there at some moment is taken in
     * @param someWait whether records of the inputs may wait themselves, so that not all is done once they have been read
     */
    CatchUp(Duration tolerance, boolean someWait) {
        this.toleranceMillis = tolerance.toMillis();
        this.last = someWait ? Step.STORED_AGAIN : Step.STORED;
    }

    /** Takes a sample.
     *
     * @param now epoch milliseconds, not after the sample was taken
     */
    void sample(long now, Sample sample) {
        if (target.isEmpty()) {
            target = sample.inputs;
            targetAt = now;
        }
        if (step == Step.STORED_AGAIN && stores.isEmpty()) {
            stores = sample.stores;
        }
        if (advance(sample)) {
            takenInUntil = targetAt;
            lastTook = now - targetAt;
            target = sample.inputs;
            targetAt = now;
            step = Step.READ;
        }
        look(now);
    }

    /** Nobody can tell. */
    void unknown(long now) {
        look(now);
    }

    /** As {@link ReferenceProgress#takenInUntil()}. */
    long takenInUntil() {
        return takenInUntil;
    }

    /** As {@link ReferenceProgress#currentSince()}. */
    long currentSince() {
        return currentSince;
    }

    /** Whether the last step is done. */
    private boolean advance(Sample sample) {
        if (step == Step.READ && isReached(target, sample.inputs)) {
            stores = sample.stores;
            step = Step.STORED;
        }
        if (step == Step.STORED && isReached(stores, sample.stores)) {
            if (last == Step.STORED) {
                return true;
            }
            step = Step.SETTLED;
        }
        if (step == Step.SETTLED && isSettled(sample.front)) {
            // the ends that follow this, so those of the next sample
            stores = Map.of();
            step = Step.STORED_AGAIN;
            return false;
        }
        return step == Step.STORED_AGAIN && isReached(stores, sample.stores);
    }

    private boolean isSettled(ToLongFunction<TopicPartition> front) {
        return target.entrySet().stream()
                .allMatch(input ->
                        front.applyAsLong(input.getKey()) >= input.getValue().end());
    }

    private static boolean isReached(
            Map<TopicPartition, LagMeter.Position> target, Map<TopicPartition, LagMeter.Position> positions) {
        return target.entrySet().stream().allMatch(input -> {
            LagMeter.Position at = positions.get(input.getKey());
            // a topic that was made anew begins anew
            return at == null || at.reached() >= input.getValue().end();
        });
    }

    private void look(long now) {
        boolean keepsUp = takenInUntil > 0 && Math.max(lastTook, now - targetAt) <= toleranceMillis;
        if (!keepsUp) {
            currentSince = ReferenceProgress.BEHIND;
        } else if (currentSince == ReferenceProgress.BEHIND) {
            currentSince = now;
        }
    }
}
