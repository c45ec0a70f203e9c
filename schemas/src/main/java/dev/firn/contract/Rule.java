package dev.firn.contract;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value has to be. A null value fails no rule: the schema says whether null is allowed. */
public sealed interface Rule {
    /** {@code not-blank}: holds a character that is not white space. */
    record NotBlank() implements Rule {}

    /** {@code email}: reads like an e-mail address. */
    record Email() implements Rule {}

    /** {@code range(min, max)}, both inclusive. */
    record Range(BigDecimal min, BigDecimal max) implements Rule {}

    /** {@code one-of(A, B)}, by the values' text. */
    record OneOf(Set<String> values) implements Rule {
        public OneOf {
            // keeps the order, for messages
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }
    }

    /** {@code matches(pattern)}: the pattern, as {@link Pattern} has it, fits the whole value. */
    record Matches(Pattern pattern) implements Rule {}

    /** {@code length(min, max)} in characters (Unicode code points), both inclusive. */
    record Length(int min, int max) implements Rule {}

    /** {@code references(topic)}: the key of a record in that topic. */
    record References(String topic) implements Rule {}

    /** {@code unique(1h)}: not seen within that time before. */
    record Unique(Duration within) implements Rule {}

    /** {@code anomaly(4)}: no further from what is usual than so many deviations. */
    record Anomaly(double threshold) implements Rule {}
}
