package dev.firn.processor.check;

import dev.firn.contract.Rule;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;

/** A rule as a test of the values that Avro's generic reader makes of a type. */
final class ValueTests {
    /** Something, one @, and a domain of at least two parts. Whether it is delivered only a mail server knows. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private ValueTests() {}

    /** Whether the value alone decides about the rule. */
    static boolean isOfOneValue(Rule rule) {
        return !(rule instanceof Rule.References || rule instanceof Rule.Unique || rule instanceof Rule.Anomaly);
    }

    /** Empty for a rule that can't be decided by the value alone. */
    static Optional<Predicate<Object>> of(Rule rule, Schema type) {
        if (rule instanceof Rule.NotBlank) {
            return Optional.of(ValueTests::isNotBlank);
        }
        if (rule instanceof Rule.Email) {
            return Optional.of(value -> EMAIL.matcher(value.toString()).matches());
        }
        if (rule instanceof Rule.Range range) {
            return Optional.of(within(range, type));
        }
        if (rule instanceof Rule.OneOf oneOf) {
            return Optional.of(oneOf(oneOf.values()));
        }
        if (rule instanceof Rule.Matches matches) {
            return Optional.of(
                    value -> matches.pattern().matcher(value.toString()).matches());
        }
        if (rule instanceof Rule.Length length) {
            return Optional.of(value -> {
                String text = value.toString();
                int characters = text.codePointCount(0, text.length());
                return characters >= length.min() && characters <= length.max();
            });
        }
        return Optional.empty();
    }

    private static boolean isNotBlank(Object value) {
        if (value instanceof Utf8 utf8) {
            byte[] bytes = utf8.getBytes();
            for (int i = 0; i < utf8.getByteLength(); i++) {
                if (bytes[i] > ' ' && bytes[i] < 0x7f) {
                    return true;
                }
            }
        }
        return !value.toString().isBlank();
    }

    private static Predicate<Object> oneOf(Set<String> values) {
        Set<Utf8> encoded = new HashSet<>();
        values.forEach(value -> encoded.add(new Utf8(value)));
        return value -> value instanceof Utf8 utf8 ? encoded.contains(utf8) : values.contains(value.toString());
    }

    private static Predicate<Object> within(Rule.Range range, Schema type) {
        return switch (type.getType()) {
            case INT, LONG -> withinWhole(range);
            case FLOAT, DOUBLE -> withinFraction(range);
            default -> withinDecimal(range, (LogicalTypes.Decimal) type.getLogicalType());
        };
    }

    private static Predicate<Object> withinWhole(Rule.Range range) {
        long min = range.min().max(LEAST).setScale(0, RoundingMode.CEILING).longValueExact();
        long max = range.max().min(MOST).setScale(0, RoundingMode.FLOOR).longValueExact();
        return value -> {
            long number = ((Number) value).longValue();
            return number >= min && number <= max;
        };
    }

    private static Predicate<Object> withinFraction(Rule.Range range) {
        double min = range.min().doubleValue();
        double max = range.max().doubleValue();
        return value -> {
            double number = ((Number) value).doubleValue();
            return number >= min && number <= max;
        };
    }

    private static Predicate<Object> withinDecimal(Rule.Range range, LogicalTypes.Decimal type) {
        return value -> {
            BigDecimal number = Decimals.of(value, type.getScale());
            return number.compareTo(range.min()) >= 0 && number.compareTo(range.max()) <= 0;
        };
    }
}
