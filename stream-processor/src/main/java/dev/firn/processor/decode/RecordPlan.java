package dev.firn.processor.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.PartitionTransform;
import dev.firn.contract.Pii;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Checks;
import dev.firn.processor.check.Probe;
import dev.firn.processor.check.Probed;
import dev.firn.processor.check.Probes;
import dev.firn.processor.flatten.FlattenPlan;
import dev.firn.processor.flatten.JsonDocument;
import dev.firn.processor.mask.Masks;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.pack.Utf8s;
import dev.firn.processor.quality.Outcome;
import dev.firn.processor.quality.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** All that is done to records of one writer's schema, made ready. Not for several threads. */
final class RecordPlan {
    private final List<FieldRule> unevaluated;
    private final Outcome.Taken taken;
    private final Checks checks;
    private final List<Probe> probes;
    private final @Nullable EventTime eventTime;
    private final Masks masks;
    private final FlattenPlan flattening;
    private final JsonDocument document;
    private final RowEncoder encoder;
    private final UnaryOperator<Object> hash;
    private final boolean personal;

    private RecordPlan(Schema writer, Contract joined, List<FieldRule> unevaluated, Intake.Shape shape, PiiKey key) {
        Target target = shape.rows().apply(joined);
        this.unevaluated = unevaluated;
        this.hash = Masks.hash(key);
        this.taken = new Outcome.Taken(Ruleset.of(evaluated(joined, shape)));
        this.checks = Checks.of(joined.rules(), writer);
        this.probes = Probes.of(joined, shape.kept().probed(joined.rules()), writer, hash, shape.personal());
        this.eventTime = EventTime.of(joined, writer).orElse(null);
        this.masks = Masks.of(joined.pii(), writer, key);
        this.flattening = FlattenPlan.of(writer, target.schema(), target.filledLater());
        this.document = JsonDocument.of(writer, dropped(joined));
        this.personal = joined.pii().values().stream().anyMatch(what -> what != Pii.KEEP);
        this.encoder = new RowEncoder(target.schemaId(), target.schema());
    }

    /**
     * Joins what the writer's schema says about itself and what the newest contract of the topic demands: a writer can add
     * rules and personal data, and not take any away. Where records come back from quarantine, the newest contract's rules
     * alone hold: their writers' schema may be what was wrong.
     *
     * @throws ContractException if the writer's properties are not understood, or it demands a rule that is not evaluated
     * @throws dev.firn.processor.flatten.SchemaMismatchException if it makes no such rows
     * @throws dev.firn.registry.IncompatibleSchemaException if the rows' schema may not be registered
     */
    static RecordPlan of(Schema writer, Contract newest, boolean comesBack, Intake.Shape shape, PiiKey key) {
        Contract said = Contract.of(writer);
        List<FieldRule> added = comesBack ? List.of() : added(said, newest);
        List<FieldRule> unevaluated = shape.kept().unevaluated(added);
        refuseErrors(unevaluated, writer);
        return new RecordPlan(writer, joined(said, newest, added), unevaluated, shape, key);
    }

    private static Contract joined(Contract said, Contract newest, List<FieldRule> added) {
        List<FieldRule> rules = new ArrayList<>(newest.rules());
        rules.addAll(added);
        Map<FieldPath, Pii> pii = new HashMap<>(said.pii());
        pii.putAll(newest.pii());
        // where a field that the newest names is none, or no time, its own word about the record holds
        Contract of = fits(newest, said.schema()) ? newest : said;
        return new Contract(said.schema(), of.key(), of.eventTime(), of.partitionBy(), of.mode(), rules, pii);
    }

    private static boolean fits(Contract contract, Schema writer) {
        Stream<String> named = Stream.of(
                        contract.key().stream(),
                        Stream.ofNullable(contract.eventTime()),
                        contract.partitionBy().stream().map(PartitionTransform::field))
                .flatMap(paths -> paths);
        return named.map(FieldPath::of)
                .allMatch(path -> path.in(writer)
                        .filter(type -> isTime(type)
                                == path.in(contract.schema())
                                        .filter(RecordPlan::isTime)
                                        .isPresent())
                        .isPresent());
    }

    /** A number may have become one: then it tells of no time before. */
    private static boolean isTime(Schema type) {
        LogicalType logical = type.getLogicalType();
        return logical != null && logical.getName().contains("timestamp");
    }

    private static Set<FieldPath> dropped(Contract contract) {
        return contract.pii().entrySet().stream()
                .filter(entry -> entry.getValue() == Pii.DROP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<FieldRule> added(Contract said, Contract ours) {
        Set<String> known = ours.rules().stream().map(RecordPlan::identity).collect(Collectors.toSet());
        return said.rules().stream()
                .filter(rule -> !known.contains(identity(rule)))
                .toList();
    }

    private static List<FieldRule> evaluated(Contract joined, Intake.Shape shape) {
        List<FieldRule> nobodys = shape.kept().unevaluated(joined.rules());
        return joined.rules().stream()
                .filter(rule -> rule.path().in(joined.schema()).isPresent())
                .filter(rule -> !nobodys.contains(rule))
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

    /** What is told of each record. */
    Outcome.Taken taken() {
        return taken;
    }

    /** At a record that is still as it came. */
    Flat.Findings look(GenericRecord record) {
        List<Probed> probed = probes.isEmpty() ? List.of() : new ArrayList<>(probes.size());
        for (Probe probe : probes) {
            probed.add(new Probed(probe, probe.values().apply(record)));
        }
        long time = eventTime == null ? EventTime.NONE : eventTime.of(record);
        return new Flat.Findings(checks.failures(record), probed, time);
    }

    void mask(GenericRecord record) {
        masks.apply(record);
    }

    GenericRecord flatten(GenericRecord record) {
        return flattening.flatten(record);
    }

    byte[] encode(GenericRecord row) {
        return encoder.encode(row);
    }

    /** Kafka's key, as it may be seen: nobody says what is in one, so where a record has personal data, it may be that. */
    byte[] key(byte[] cameWith) {
        return personal ? Utf8s.bytes((Utf8) hash.apply(new Utf8(cameWith))) : cameWith;
    }

    Utf8 document(GenericRecord record) {
        return document.write(record);
    }
}
