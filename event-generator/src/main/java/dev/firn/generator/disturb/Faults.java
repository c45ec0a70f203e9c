package dev.firn.generator.disturb;

import dev.firn.generator.chance.Dice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What can be done to records, by their class. */
final class Faults {
    private final Map<Class<?>, List<Consumer<SpecificRecord>>> byClass = new HashMap<>();

    /** Adds the faults of a class; returns itself. */
    <T extends SpecificRecord> Faults of(Class<T> type, List<Consumer<T>> faults) {
        byClass.put(
                type,
                faults.stream()
                        .map(fault -> (Consumer<SpecificRecord>) record -> fault.accept(type.cast(record)))
                        .toList());
        return this;
    }

    boolean knows(SpecificRecord record) {
        return byClass.containsKey(record.getClass());
    }

    /** A copy with one of the faults. */
    SpecificRecord on(SpecificRecord intact, Dice dice) {
        List<Consumer<SpecificRecord>> faults = byClass.get(intact.getClass());
        if (faults == null) {
            throw new IllegalArgumentException("no fault is known for " + intact.getClass());
        }
        SpecificRecord copy = copy(intact);
        dice.oneOf(faults).accept(copy);
        return copy;
    }

    /** By hand, because Avro's own copying makes objects by the names in schemas, and wants to be told whom to trust. */
    private static SpecificRecord copy(SpecificRecord record) {
        var copy = (SpecificRecord) SpecificData.newInstance(record.getClass(), record.getSchema());
        for (int field = 0; field < record.getSchema().getFields().size(); field++) {
            copy.put(field, copy(record.get(field)));
        }
        return copy;
    }

    private static Object copy(Object value) {
        if (value instanceof SpecificRecord record) {
            return copy(record);
        }
        return value instanceof List<?> items ? items.stream().map(Faults::copy).collect(Collectors.toList()) : value;
    }
}
