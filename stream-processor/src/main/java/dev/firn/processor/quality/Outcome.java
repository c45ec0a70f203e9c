package dev.firn.processor.quality;

import dev.firn.contract.FieldRule;
import dev.firn.quarantine.Reason;
import java.util.List;

/** What {@link QualityProcessor} is told of a record, by the steps that it goes through. */
public sealed interface Outcome {
    /** It came in. Told once of every record, before all else.
     *
     * @param rules that it is checked by
     */
    record Taken(Ruleset rules) implements Outcome {
        /** It can't be read, so no rule looks at it. */
        public static final Taken UNREAD = new Taken(Ruleset.of(List.of()));
    }

    /** It fails rules, errors or warnings. No rule is told twice of one record. */
    record Failing(List<FieldRule> rules) implements Outcome {}

    /** It ends here. */
    final class Rejected implements Outcome {
        private final Reason reason;
        private final byte[] row;

        /** @param row for the quarantine topic */
        public Rejected(Reason reason, byte[] row) {
            this.reason = reason;
            this.row = row;
        }

        Reason reason() {
            return reason;
        }

        byte[] row() {
            return row;
        }
    }
}
