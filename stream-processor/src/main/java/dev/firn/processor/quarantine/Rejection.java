package dev.firn.processor.quarantine;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.quarantine.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a record can't go on.
 *
 * @param detail what exactly was wrong; holds no values of fields
 * @param field path of the first field at fault
 * @param schemaId that the record named
 */
public record Rejection(
        Reason reason,
        String detail,
        @Nullable String field,
        @Nullable Integer schemaId) {
    /** Of a record whose references these rules speak of, and that waited for them. */
    public static Rejection byReferences(List<FieldRule> broken, Duration waited, int schemaId) {
        String detail = errors(broken).stream()
                .map(rule -> rule.path() + " " + rule.text())
                .collect(Collectors.joining("; "));
        return new Rejection(
                Reason.BROKEN_REFERENCE,
                detail + ": nothing known of it after " + waited.toMillis() + " ms",
                errors(broken).get(0).path().toString(),
                schemaId);
    }

    /** Of a record that failed these rules, warnings among them. */
    public static Rejection byRules(List<FieldRule> failures, int schemaId) {
        List<FieldRule> errors = errors(failures);
        String detail = errors.stream()
                .map(failure -> failure.path() + " " + failure.text())
                .collect(Collectors.joining("; "));
        return new Rejection(Reason.RULE_FAILED, detail, errors.get(0).path().toString(), schemaId);
    }

    private static List<FieldRule> errors(List<FieldRule> failures) {
        return failures.stream()
                .filter(failure -> failure.severity() == Severity.ERROR)
                .toList();
    }
}
