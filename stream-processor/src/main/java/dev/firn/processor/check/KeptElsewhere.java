package dev.firn.processor.check;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rules that need more than a look at one record, and that other steps of a topology keep.
 *
 * @param probed which of them are kept on every field, by what {@link Probes} find
 * @param rules single ones, by the text of their path
 */
public record KeptElsewhere(Predicate<Rule> probed, Map<String, Rule> rules) {
    public static final KeptElsewhere NOTHING = new KeptElsewhere(rule -> false, Map.of());

    /** Those that nobody evaluates: neither {@link Checks}, nor the other steps. */
    public List<FieldRule> unevaluated(List<FieldRule> asked) {
        return asked.stream()
                .filter(rule -> !ValueTests.isOfOneValue(rule.rule()))
                .filter(rule -> !probed.test(rule.rule()))
                .filter(rule -> !rule.rule().equals(rules.get(rule.path().toString())))
                .toList();
    }

    /** Those that records have to be probed for. */
    public List<FieldRule> probed(List<FieldRule> asked) {
        return asked.stream()
                .filter(rule -> !ValueTests.isOfOneValue(rule.rule()) && probed.test(rule.rule()))
                .toList();
    }
}
