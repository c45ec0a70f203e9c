package dev.firn.processor.decode;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Probed;
import dev.firn.processor.quality.Outcome;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record that was looked at: masked, flat, and with what its contract has against it.
 *
 * <p>The row is of the shape that the intake was given; its fields that are filled later are still empty.
 */
public final class Flat {
    private final GenericRecord row;
    private final GenericRecord masked;
    private final RecordPlan plan;
    private final Findings findings;
    private final byte[] value;

    /** What was found before anything was made unreadable.
     *
     * @param failures of the rules that look at one value
     * @param probed for the others
     * @param eventTime in epoch microseconds, or {@link EventTime#NONE}
     */
    record Findings(List<FieldRule> failures, List<Probed> probed, long eventTime) {}

    private final @Nullable Source source;

    Flat(GenericRecord row, GenericRecord masked, RecordPlan plan, Findings findings, byte[] value) {
        this(row, masked, plan, findings, value, null);
    }

    private Flat(
            GenericRecord row,
            GenericRecord masked,
            RecordPlan plan,
            Findings findings,
            byte[] value,
            @Nullable Source source) {
        this.row = row;
        this.masked = masked;
        this.plan = plan;
        this.findings = findings;
        this.value = value;
        this.source = source;
    }

    /** The same, with more that its contract has against it. */
    public Flat with(List<FieldRule> failures) {
        List<FieldRule> all = new ArrayList<>(findings.failures);
        all.addAll(failures);
        return new Flat(row, masked, plan, new Findings(all, findings.probed, findings.eventTime), value, source);
    }

    /** The same, of a record that came earlier, and from there. */
    public Flat from(Source earlier) {
        return new Flat(row, masked, plan, findings, value, earlier);
    }

    /** The record as it came, with where it stood: at hand, unless it came earlier. */
    public Source source(ProcessingContext context, Record<byte[], ?> record) {
        return source == null ? Sources.current(context, record, value) : source;
    }

    /** What is told of it to those who count quality. */
    Outcome.Taken taken() {
        return plan.taken();
    }

    public GenericRecord row() {
        return row;
    }

    /** The whole record, masked, as JSON. */
    public Utf8 document() {
        return plan.document(masked);
    }

    /** The row as it is now, in the wire format. */
    public byte[] encoded() {
        try {
            return plan.encode(row);
        } catch (ClassCastException e) {
            // Kafka Streams takes one for a fault of the topology, which no record can be blamed for
            throw new IllegalArgumentException("a value of the row is not of its column's type", e);
        }
    }

    /** Kafka's key of the record, hashed where its contract says that it has personal data. */
    public byte @Nullable [] key(byte @Nullable [] cameWith) {
        return cameWith == null ? null : plan.key(cameWith);
    }

    /** The record as it came. */
    public byte[] value() {
        return value;
    }

    /** Rules on single values that it fails, errors and warnings. */
    public List<FieldRule> failures() {
        return findings.failures;
    }

    /** Whether one of them is an error. */
    public boolean isRefused() {
        return findings.failures.stream().anyMatch(failure -> failure.severity() == Severity.ERROR);
    }

    /** For the rules that also look at other records. */
    public List<Probed> probed() {
        return findings.probed;
    }

    /** In epoch microseconds, if its contract has an event time and the record a value there. */
    public OptionalLong eventTime() {
        return findings.eventTime == EventTime.NONE ? OptionalLong.empty() : OptionalLong.of(findings.eventTime);
    }
}
