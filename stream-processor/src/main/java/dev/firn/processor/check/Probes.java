package dev.firn.processor.check;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Pii;
import dev.firn.contract.Rule;
import dev.firn.processor.pack.Decimals;
import dev.firn.processor.path.PathWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** The probes of a contract, for records of one schema. */
public final class Probes {
    private final Contract contract;
    private final Schema schema;
    private final UnaryOperator<Object> hash;
    private final Predicate<String> personal;

    private Probes(Contract contract, Schema schema, UnaryOperator<Object> hash, Predicate<String> personal) {
        this.contract = contract;
        this.schema = schema;
        this.hash = hash;
        this.personal = personal;
    }

    /** In the contract's order; rules on fields that the schema does not have are left out.
     *
     * @param hash makes personal texts unreadable
     * @param personal whether the key of a topic, that is referred to, is personal
     */
    public static List<Probe> of(
            Contract contract,
            List<FieldRule> rules,
            Schema schema,
            UnaryOperator<Object> hash,
            Predicate<String> personal) {
        Probes probes = new Probes(contract, schema, hash, personal);
        return rules.stream()
                .filter(rule -> !ValueTests.isOfOneValue(rule.rule()))
                .flatMap(rule -> probes.probe(rule).stream())
                .toList();
    }

    private Optional<Probe> probe(FieldRule rule) {
        if (rule.rule() instanceof Rule.Unique
                && contract.key().contains(rule.path().toString())) {
            return key().map(values -> new Probe(rule, true, values));
        }
        return values(rule).map(values -> new Probe(rule, false, values));
    }

    private Optional<Function<IndexedRecord, List<Object>>> values(FieldRule rule) {
        if (rule.rule() instanceof Rule.Anomaly) {
            return numbers(rule.path());
        }
        if (rule.rule() instanceof Rule.References references) {
            return walk(rule.path(), personal.test(references.topic()) ? hash : UnaryOperator.identity());
        }
        return values(rule.path());
    }

    /** The key as one value; a record that lacks a part of it has none. */
    private Optional<Function<IndexedRecord, List<Object>>> key() {
        List<Function<IndexedRecord, List<Object>>> parts = new ArrayList<>();
        for (String path : contract.key()) {
            Optional<Function<IndexedRecord, List<Object>>> part = values(FieldPath.of(path));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(parts.size() == 1 ? parts.get(0) : record -> together(parts, record));
    }

    private static List<Object> together(List<Function<IndexedRecord, List<Object>>> parts, IndexedRecord record) {
        List<Object> key = new ArrayList<>();
        parts.forEach(part -> key.addAll(part.apply(record)));
        return key.size() == parts.size() ? List.of(key) : List.of();
    }

    private Optional<Function<IndexedRecord, List<Object>>> values(FieldPath path) {
        Pii pii = contract.pii().getOrDefault(path, Pii.KEEP);
        return walk(path, pii == Pii.KEEP ? UnaryOperator.identity() : hash);
    }

    private Optional<Function<IndexedRecord, List<Object>>> numbers(FieldPath path) {
        Optional<Schema> type = path.in(schema);
        if (type.isPresent() && type.get().getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return walk(path, value -> Decimals.of(value, decimal.getScale()).doubleValue());
        }
        return walk(path, value -> ((Number) value).doubleValue());
    }

    private Optional<Function<IndexedRecord, List<Object>>> walk(FieldPath path, UnaryOperator<Object> as) {
        return PathWalk.of(path, schema).map(walk -> record -> walk.collect(record, as));
    }
}
