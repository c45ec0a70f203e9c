package dev.firn.processor.check;

import dev.firn.contract.FieldRule;
import dev.firn.processor.path.PathWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The rules that can be decided by looking at one record: all but references, uniqueness and anomalies, which need to know
 * others ({@link KeptElsewhere}). Rules on fields that the schema does not have are left out. Safe for several threads.
 */
public final class Checks {
    private record Check(FieldRule rule, PathWalk walk, Predicate<Object> test) {}

    private final Check[] checks;

    private Checks(Check[] checks) {
        this.checks = checks;
    }

    /** The rules for records of the schema. */
    public static Checks of(List<FieldRule> rules, Schema schema) {
        List<Check> checks = new ArrayList<>();
        for (FieldRule rule : rules) {
            rule.path()
                    .in(schema)
                    .flatMap(type -> ValueTests.of(rule.rule(), type))
                    .ifPresent(test -> checks.add(
                            new Check(rule, PathWalk.of(rule.path(), schema).orElseThrow(), test)));
        }
        return new Checks(checks.toArray(Check[]::new));
    }

    /** All rules that the record fails, in the contract's order; errors and warnings. */
    public List<FieldRule> failures(IndexedRecord record) {
        List<FieldRule> failures = List.of();
        for (Check check : checks) {
            if (!check.walk.all(record, check.test)) {
                failures = failures.isEmpty() ? new ArrayList<>() : failures;
                failures.add(check.rule);
            }
        }
        return failures;
    }
}
