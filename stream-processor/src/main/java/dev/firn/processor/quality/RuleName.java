package dev.firn.processor.quality;

import dev.firn.contract.FieldRule;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.quarantine.Reason;
import java.nio.charset.StandardCharsets;

/** What a row of {@code ops.quality_by_minute} is about.
 *
 * @param field path of the rule's field; empty where it is about records as a whole
 * @param rule as the contract has it, or a reason for quarantine, or {@link #ALL}
 */
record RuleName(String field, String rule) {
    /** Records, whatever they are checked by. */
    static final RuleName ALL = new RuleName("", "*");

    static RuleName of(FieldRule rule) {
        return new RuleName(rule.path().toString(), rule.text());
    }

    static RuleName of(Reason reason) {
        return new RuleName("", reason.name());
    }

    boolean isOfWholeRecords() {
        return field.isEmpty();
    }

    void pack(Packer out) {
        out.putBytes(field.getBytes(StandardCharsets.UTF_8)).putBytes(rule.getBytes(StandardCharsets.UTF_8));
    }

    static RuleName unpack(Unpacker in) {
        String field = new String(in.takeBytes(), StandardCharsets.UTF_8);
        return new RuleName(field, new String(in.takeBytes(), StandardCharsets.UTF_8));
    }
}
