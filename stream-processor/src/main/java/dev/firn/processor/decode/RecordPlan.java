package dev.firn.processor.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Pii;
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
    private final Checks checks;
    private final Masks masks;
    private final FlattenPlan flattening;
    private final JsonDocument document;

    private RecordPlan(Checks checks, Masks masks, FlattenPlan flattening, JsonDocument document) {
        this.checks = checks;
        this.masks = masks;
        this.flattening = flattening;
        this.document = document;
    }

    /**
     * Joins what the writer's schema says about itself and what our own contract of the topic demands: a writer can add
     * rules and personal data, and not take any away.
     *
     * @throws dev.firn.contract.ContractException if the writer's properties are not understood
     * @throws dev.firn.processor.flatten.SchemaMismatchException if it makes no such rows
     */
    static RecordPlan of(Schema writer, Intake.Shape shape, PiiKey key) {
        Contract said = Contract.of(writer);
        Map<FieldPath, Pii> pii = new HashMap<>(said.pii());
        pii.putAll(shape.contract().pii());
        Set<FieldPath> dropped = pii.entrySet().stream()
                .filter(entry -> entry.getValue() == Pii.DROP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new RecordPlan(
                Checks.of(rules(said, shape.contract()), writer),
                Masks.of(pii, writer, key),
                FlattenPlan.of(writer, shape.row(), shape.filledLater()),
                JsonDocument.of(writer, dropped));
    }

    private static List<FieldRule> rules(Contract said, Contract ours) {
        List<FieldRule> rules = new ArrayList<>(ours.rules());
        Set<String> known = rules.stream().map(RecordPlan::identity).collect(Collectors.toSet());
        said.rules().stream().filter(rule -> !known.contains(identity(rule))).forEach(rules::add);
        return rules;
    }

    private static String identity(FieldRule rule) {
        return rule.path() + " " + rule.text();
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
