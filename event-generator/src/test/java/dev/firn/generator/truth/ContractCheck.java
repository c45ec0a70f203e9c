package dev.firn.generator.truth;

import dev.firn.contract.Contract;
import dev.firn.contract.Contracts;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.generator.sequence.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The contract's rules on one record, as simply as can be. */
final class ContractCheck {
    private static final Map<Topic, Contract> CONTRACTS = new EnumMap<>(Topic.class);

    private ContractCheck() {}

    static boolean holds(Topic topic, GenericRecord record) {
        return rules(topic).stream().allMatch(rule -> holds(rule, record));
    }

    /** What each rule says of the record, by field and rule. */
    static Map<FieldRule, Boolean> each(Topic topic, GenericRecord record) {
        return rules(topic).stream().collect(Collectors.toMap(rule -> rule, rule -> holds(rule, record)));
    }

    private static List<FieldRule> rules(Topic topic) {
        return CONTRACTS
                .computeIfAbsent(topic, t -> Contract.of(Contracts.schema(t.text())))
                .rules();
    }

    private static boolean holds(FieldRule field, GenericRecord record) {
        return values(record, field.path().toString()).stream()
                .allMatch(value -> value == null || holds(field, value, record));
    }

    /** What the path leads to, for each element of lists on the way. */
    private static List<@Nullable Object> values(@Nullable Object from, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        boolean each = name.endsWith("[]");
        Object value = from == null
                ? null
                : ((GenericRecord) from).get(each ? name.substring(0, name.length() - "[]".length()) : name);
        List<@Nullable Object> found = new ArrayList<>();
        if (each && value != null) {
            found.addAll((List<?>) value);
        } else {
            found.add(value);
        }
        if (dot < 0) {
            return found;
        }
        return found.stream()
                .flatMap(one -> values(one, path.substring(dot + 1)).stream())
                .collect(Collectors.toCollection(ArrayList::new));
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
        if (rule instanceof Rule.Length length) {
            int points = (int) value.toString().codePoints().count();
            return points >= length.min() && points <= length.max();
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
