package dev.firn.contract;

import dev.firn.config.Closest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.JsonProperties;

/** The contract's properties on one record, field or type. */
record Properties(Place place, JsonProperties holder) {
    static final String KEY = "firn.key";
    static final String EVENT_TIME = "firn.event-time";
    static final String PARTITION_BY = "firn.partition-by";
    static final String MODE = "firn.mode";
    static final String RULES = "firn.rules";
    static final String PII = "firn.pii";

    static final Set<String> OF_RECORDS = Set.of(KEY, EVENT_TIME, PARTITION_BY, MODE);
    static final Set<String> OF_FIELDS = Set.of(RULES, PII);
    static final Set<String> OF_OTHER_TYPES = Set.of();

    void refuseOthersThan(Set<String> known) {
        for (String name : holder.getObjectProps().keySet()) {
            if (name.startsWith("firn.") && !known.contains(name)) {
                throw place.refuse(reasonAgainst(name, known));
            }
        }
    }

    private static String reasonAgainst(String name, Set<String> known) {
        if (OF_RECORDS.contains(name)) {
            return "property '" + name + "' belongs on a record";
        }
        if (OF_FIELDS.contains(name)) {
            return "property '" + name + "' belongs on a field, beside its name";
        }
        return "unknown property '" + name + "'" + Closest.hint(name, known);
    }

    List<String> texts(String name) {
        Object value = holder.getObjectProp(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        throw place.refuse("property '" + name + "' must be a list of texts, not " + value);
    }

    Optional<String> text(String name) {
        Object value = holder.getObjectProp(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw place.refuse("property '" + name + "' must be a text, not " + value);
    }
}
