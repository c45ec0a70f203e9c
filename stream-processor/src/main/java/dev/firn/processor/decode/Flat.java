package dev.firn.processor.decode;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import dev.firn.processor.check.Probed;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

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
    record Findings(List<FieldRule> failures, List<Probed> probed, long eventTime) {
        static final Findings NOTHING = new Findings(List.of(), List.of(), EventTime.NONE);
    }

    Flat(GenericRecord row, GenericRecord masked, RecordPlan plan, Findings findings, byte[] value) {
        this.row = row;
        this.masked = masked;
        this.plan = plan;
        this.findings = findings;
        this.value = value;
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
        return plan.encode(row);
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
