package dev.firn.contract;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** The properties of one field. On an array or a map they speak of its elements or values. */
final class FieldProperties {
    private static final Set<Kind> TEXT = EnumSet.of(Kind.TEXT);
    private static final Set<Kind> NUMBERS = EnumSet.of(Kind.WHOLE, Kind.FRACTION, Kind.DECIMAL);
    private static final Set<Kind> LISTED = EnumSet.of(Kind.TEXT, Kind.WHOLE);
    private static final Set<Kind> SINGLE = EnumSet.complementOf(EnumSet.of(Kind.COMPOSITE));

    private final Place place;
    private final Properties properties;
    private final Leaf leaf;

    FieldProperties(Place place, Schema.Field field) {
        this.place = place;
        this.properties = new Properties(place, field);
        this.leaf = leaf(place.path(), field.schema());
        properties.refuseOthersThan(Properties.OF_FIELDS);
    }

    List<FieldRule> rules() {
        return properties.texts(Properties.RULES).stream().map(this::rule).toList();
    }

    private FieldRule rule(String text) {
        Rule rule;
        try {
            rule = RuleText.parse(text);
        } catch (IllegalArgumentException e) {
            throw place.refuse("rule '" + text + "': " + e.getMessage());
        }
        if (!kinds(rule).contains(leaf.kind())) {
            throw place.refuse("rule '" + text + "' does not apply to a " + leaf.kind());
        }
        return new FieldRule(leaf.path(), rule, RuleText.severity(text), text);
    }

    private static Set<Kind> kinds(Rule rule) {
        if (rule instanceof Rule.Range || rule instanceof Rule.Anomaly) {
            return NUMBERS;
        }
        if (rule instanceof Rule.OneOf) {
            return LISTED;
        }
        return rule instanceof Rule.References || rule instanceof Rule.Unique ? SINGLE : TEXT;
    }

    Optional<FieldPii> pii() {
        return properties.text(Properties.PII).map(this::pii);
    }

    private FieldPii pii(String text) {
        Pii pii = EnumText.parse(Pii.class, text)
                .orElseThrow(() -> place.refuse(
                        "'" + Properties.PII + "' is '" + text + "', not one of " + EnumText.texts(Pii.class)));
        if (pii == Pii.DROP || pii == Pii.KEEP) {
            return new FieldPii(place.path(), pii);
        }
        if (leaf.kind() != Kind.TEXT) {
            throw place.refuse(
                    "'" + text + "' in '" + Properties.PII + "' applies to texts; drop it, or treat the fields within");
        }
        return new FieldPii(leaf.path(), pii);
    }

    /** Moves on to the elements of an array and the values of a map, as deep as they go. */
    private static Leaf leaf(FieldPath path, Schema nullable) {
        Schema type = NullableType.strip(nullable);
        return switch (type.getType()) {
            case ARRAY -> leaf(path.elements(), type.getElementType());
            case MAP -> leaf(path.values(), type.getValueType());
            default -> new Leaf(path, Kind.of(type));
        };
    }

    private record Leaf(FieldPath path, Kind kind) {}

    record FieldPii(FieldPath path, Pii pii) {}
}
