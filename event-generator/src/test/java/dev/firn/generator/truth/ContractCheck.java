package dev.firn.generator.truth;

import dev.firn.contract.Contract;
import dev.firn.contract.Contracts;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.generator.sequence.Topic;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The contract's rules on one record, as simply as can be. */
final class ContractCheck {
    private static final Map<Topic, Contract> CONTRACTS = new EnumMap<>(Topic.class);

    private ContractCheck() {}

    static boolean holds(Topic topic, GenericRecord record) {
        return CONTRACTS.computeIfAbsent(topic, t -> Contract.of(Contracts.schema(t.text()))).rules().stream()
                .allMatch(rule -> holds(rule, record));
    }

    private static boolean holds(FieldRule field, GenericRecord record) {
        Object value = SentRecord.at(record, field.path().toString());
        return value == null || holds(field, value, record);
    }

    private static boolean holds(FieldRule field, Object value, GenericRecord record) {
        Rule rule = field.rule();
        if (rule instanceof Rule.NotBlank) {
            return !value.toString().isBlank();
        }
        if (rule instanceof Rule.Email) {
            return value.toString().matches("[^@ ]+@[^@ ]+\\.[^@ ]+");
        }
        if (rule instanceof Rule.OneOf oneOf) {
            return oneOf.values().contains(value.toString());
        }
        if (rule instanceof Rule.Matches matches) {
            return matches.pattern().matcher(value.toString()).matches();
        }
        if (rule instanceof Rule.Range range) {
            BigDecimal number = number(field, value, record);
            return number != null && number.compareTo(range.min()) >= 0 && number.compareTo(range.max()) <= 0;
        }
        // references and uniqueness are not a matter of one record
        return true;
    }

    private static @Nullable BigDecimal number(FieldRule field, Object value, GenericRecord record) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        String path = field.path().toString();
        return SentRecord.decimal(record, path, path.equals("rate") ? 8 : 2);
    }
}
