package dev.firn.generator.truth;

import dev.firn.generator.sequence.Fate;

/**
 * What was sent to a topic.
 *
 * @param valid decoded, every rule kept, references whole, not sent before: {@code sent} less all but {@code late}
 * @param late part of {@code valid}
 */
public record TopicCounts(
        long sent, long valid, long duplicates, long late, long ruleBroken, long brokenReferences, long undecodable) {
    static final TopicCounts NONE = new TopicCounts(0, 0, 0, 0, 0, 0, 0);

    TopicCounts plus(Fate fate, boolean isLate) {
        return new TopicCounts(
                sent + 1,
                valid + one(fate == Fate.VALID),
                duplicates + one(fate == Fate.DUPLICATE),
                late + one(isLate),
                ruleBroken + one(fate == Fate.RULE_FAILED),
                brokenReferences + one(fate == Fate.BROKEN_REFERENCE),
                undecodable + one(!fate.decodable()));
    }

    private static long one(boolean condition) {
        return condition ? 1 : 0;
    }
}
