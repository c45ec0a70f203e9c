package dev.firn.processor.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.FieldRule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.count.Tally;
import dev.firn.processor.flatten.SchemaMismatchException;
import dev.firn.processor.mask.PiiKey;
import dev.firn.processor.quarantine.RejectedException;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.quarantine.Reason;
import dev.firn.registry.IncompatibleSchemaException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.serde.AvroDecoder;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first steps of every topic: decode, check, mask, flatten. Not for several threads. */
public final class Intake {
    /** What the records of a topic become.
     *
     * @param contract the newest of the topic
     * @param rows what they become where that is the contract, or one that was joined from it and the writer's
     * @param kept rules that later steps keep
     * @param personal whether the key of a topic, that they refer to, is personal
     */
    public record Shape(
            String topic,
            Supplier<Contract> contract,
            Function<Contract, Target> rows,
            KeptElsewhere kept,
            Predicate<String> personal) {
        /** Of records that refer to no personal key. */
        public Shape(String topic, Supplier<Contract> contract, Function<Contract, Target> rows, KeptElsewhere kept) {
            this(topic, contract, rows, kept, other -> false);
        }

        /** Rules of the newest contract that nobody evaluates. */
        public List<FieldRule> unevaluated() {
            return kept.unevaluated(contract.get().rules());
        }
    }

    /** What intakes share. */
    public record Means(SchemaRegistry registry, Outage outage, PiiKey key, Tally tally) {}

    private record Refusal(String why, long until) {}

    /** What was made of writers' schemas, or why nothing could be. */
    private static final class Plans {
        private final IdentityHashMap<Schema, RecordPlan> made = new IdentityHashMap<>();
        private final IdentityHashMap<Schema, Refusal> refused = new IdentityHashMap<>();

        RecordPlan add(Schema writer, RecordPlan plan) {
            forgetSome(made);
            made.put(writer, plan);
            return plan;
        }

        /** For a while: asking the registry for each record would take too long, but it may come to allow the rows. */
        void refuse(Schema writer, String why) {
            forgetSome(refused);
            refused.put(writer, new Refusal(why, System.nanoTime() + REFUSED_FOR.toNanos()));
        }

        private static void forgetSome(IdentityHashMap<Schema, ?> known) {
            if (known.size() >= MOST_PLANS) {
                known.clear();
            }
        }

        void clear() {
            made.clear();
            refused.clear();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_PLANS = 1000;
    private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

    private final Shape shape;
    private final PiiKey key;
    private final Tally.OfTopic tally;
    private final AvroDecoder<GenericRecord> decoder;
    private final Plans plans = new Plans();
    private final Plans plansOfThoseThatComeBack = new Plans();
    private Contract contract;

    public Intake(Shape shape, Means means) {
        this.shape = shape;
        this.contract = shape.contract.get();
        this.key = means.key;
        this.tally = means.tally.of(shape.topic);
        this.decoder = AvroDecoder.generic(new PatientRegistry(means.registry, means.outage));
    }

    /** Takes a record in. It may still fail its rules.
     *
     * @param from topic that it was read from: the shape's, or the one through which its records come back
     * @throws RejectedException if it can't be read, or can't become a row
     * @throws dev.firn.registry.RegistryUnavailableException if the outage outlasted the wait
     */
    public Flat take(byte @Nullable [] value, String from) {
        tally.checked();
        return again(value, from);
    }

    /** Takes a record in once more, that was counted the first time. */
    public Flat again(byte @Nullable [] value, String from) {
        GenericRecord record = decode(value);
        RecordPlan plan = plan(record.getSchema(), value, !from.equals(shape.topic));
        try {
            Flat.Findings findings = plan.look(record);
            plan.mask(record);
            return new Flat(plan.flatten(record), record, plan, findings, Objects.requireNonNull(value));
        } catch (ClassCastException e) {
            // Kafka Streams takes one for a fault of the topology, which no record can be blamed for
            throw new RejectedException(
                    incompatible("a value is not of the type that the contract asks for", value), e);
        }
    }

    private GenericRecord decode(byte @Nullable [] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            boolean namesSchema = e.reason() != Reason.NULL_VALUE && e.reason() != Reason.BAD_MAGIC;
            throw new RejectedException(
                    new Rejection(e.reason(), e.detail(), null, namesSchema ? WireFormat.schemaId(value) : null), e);
        }
    }

    // a contract that is equal, but another, may be planned again; comparing them for every record would cost more
    @SuppressWarnings("ReferenceEquality")
    private RecordPlan plan(Schema writer, byte @Nullable [] value, boolean comesBack) {
        Contract newest = shape.contract.get();
        if (newest != contract) {
            contract = newest;
            plans.clear();
            plansOfThoseThatComeBack.clear();
        }
        Plans known = comesBack ? plansOfThoseThatComeBack : plans;
        RecordPlan plan = known.made.get(writer);
        return plan == null ? known.add(writer, newPlan(known, writer, value, comesBack)) : plan;
    }

    private RecordPlan newPlan(Plans known, Schema writer, byte @Nullable [] value, boolean comesBack) {
        Refusal before = known.refused.get(writer);
        if (before != null && System.nanoTime() - before.until < 0) {
            throw new RejectedException(incompatible(before.why, value), null);
        }
        try {
            RecordPlan plan = RecordPlan.of(writer, contract, comesBack, shape, key);
            tellOfUnevaluated(plan, writer);
            return plan;
        } catch (ContractException | SchemaMismatchException | IncompatibleSchemaException e) {
            known.refuse(writer, String.valueOf(e.getMessage()));
            throw new RejectedException(incompatible(String.valueOf(e.getMessage()), value), e);
        }
    }

    private static Rejection incompatible(String detail, byte @Nullable [] value) {
        return new Rejection(Reason.INCOMPATIBLE_SCHEMA, detail, null, WireFormat.schemaId(value));
    }

    private void tellOfUnevaluated(RecordPlan plan, Schema writer) {
        for (FieldRule rule : plan.unevaluated()) {
            tally.unevaluated(rule);
            LOG.warn(
                    "rule not evaluated topic={} schema={} field={} rule=\"{}\"",
                    shape.topic,
                    writer.getFullName(),
                    rule.path(),
                    rule.text());
        }
    }
}
