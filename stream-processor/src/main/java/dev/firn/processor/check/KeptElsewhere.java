package dev.firn.processor.check;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import java.util.List;
import java.util.Map;

/** Rules that need more than a look at one record, and that other steps of a topology keep.
 *
 * @param rules by the text of their path
 */
public record KeptElsewhere(Map<String, Rule> rules) {
    public static final KeptElsewhere NOTHING = new KeptElsewhere(Map.of());

    /** Those that nobody evaluates: neither {@link Checks}, nor the other steps. */
    public List<FieldRule> unevaluated(List<FieldRule> asked) {
        return asked.stream()
                .filter(rule -> !ValueTests.isOfOneValue(rule.rule()))
                .filter(rule -> !rule.rule().equals(rules.get(rule.path().toString())))
                .toList();
    }
}
