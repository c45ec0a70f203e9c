package dev.firn.processor.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Pii;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Checks;
import dev.firn.processor.flatten.FlattenPlan;
import dev.firn.processor.flatten.JsonDocument;
import dev.firn.processor.mask.Masks;
import dev.firn.processor.mask.PiiKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** All that is done to records of one writer's schema, made ready. Not for several threads. */
final class RecordPlan {
    private final List<FieldRule> unevaluated;
    private final Checks checks;
    private final Masks masks;
    private final FlattenPlan flattening;
    private final JsonDocument document;

    private RecordPlan(
            List<FieldRule> unevaluated, Checks checks, Masks masks, FlattenPlan flattening, JsonDocument document) {
        this.unevaluated = unevaluated;
        this.checks = checks;
        this.masks = masks;
        this.flattening = flattening;
        this.document = document;
    }

    /**
     * Joins what the writer's schema says about itself and what our own contract of the topic demands: a writer can add
     * rules and personal data, and not take any away.
     *
     * @throws ContractException if the writer's properties are not understood, or it demands a rule that is not evaluated
     * @throws dev.firn.processor.flatten.SchemaMismatchException if it makes no such rows
     */
    static RecordPlan of(Schema writer, Intake.Shape shape, PiiKey key) {
        Contract said = Contract.of(writer);
        List<FieldRule> added = added(said, shape.contract());
        List<FieldRule> rules = new ArrayList<>(shape.contract().rules());
        rules.addAll(added);
        List<FieldRule> unevaluated = shape.kept().unevaluated(added);
        refuseErrors(unevaluated, writer);
        Map<FieldPath, Pii> pii = new HashMap<>(said.pii());
        pii.putAll(shape.contract().pii());
        Set<FieldPath> dropped = pii.entrySet().stream()
                .filter(entry -> entry.getValue() == Pii.DROP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new RecordPlan(
                unevaluated,
                Checks.of(rules, writer),
                Masks.of(pii, writer, key),
                FlattenPlan.of(writer, shape.row(), shape.filledLater()),
                JsonDocument.of(writer, dropped));
    }

    private static List<FieldRule> added(Contract said, Contract ours) {
        Set<String> known = ours.rules().stream().map(RecordPlan::identity).collect(Collectors.toSet());
        return said.rules().stream()
                .filter(rule -> !known.contains(identity(rule)))
                .toList();
    }

    /** A record that no one can say has passed must not go on as if it had. */
    private static void refuseErrors(List<FieldRule> unevaluated, Schema writer) {
        unevaluated.stream()
                .filter(rule -> rule.severity() == Severity.ERROR)
                .findFirst()
                .ifPresent(rule -> {
                    throw new ContractException("firn.rules of " + writer.getFullName() + "." + rule.path() + ": "
                            + rule.text() + " is not evaluated here; as a warning it would let records pass");
                });
    }

    private static String identity(FieldRule rule) {
        return rule.path() + " " + rule.text();
    }

    /** Warnings of the writer's that nobody evaluates. */
    List<FieldRule> unevaluated() {
        return unevaluated;
    }

    List<FieldRule> failures(GenericRecord record) {
        return checks.failures(record);
    }

    void mask(GenericRecord record) {
        masks.apply(record);
    }

    GenericRecord flatten(GenericRecord record) {
        return flattening.flatten(record);
    }

    Utf8 document(GenericRecord record) {
        return document.write(record);
    }
}
