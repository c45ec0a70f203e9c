package dev.firn.generator.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with dots as records within records: {@code address.city} is the city of the address. */
final class Nesting {
    private Nesting() {}

    /** @throws BadValueException if a name stands for a value and for a record */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> flat) {
        if (flat.keySet().stream().noneMatch(name -> name.indexOf('.') >= 0)) {
            return flat;
        }
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        flat.forEach((name, value) -> put(nested, name, value));
        return nested;
    }

    @SuppressWarnings("unchecked") // maps in rows are by name, all of them
    private static void put(Map<String, @Nullable Object> target, String name, @Nullable Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            if (target.putIfAbsent(name, value) != null) {
                throw new BadValueException(name + ": is there twice");
            }
            return;
        }
        String parent = name.substring(0, dot);
        Object child = target.computeIfAbsent(parent, p -> new LinkedHashMap<String, Object>());
        if (!(child instanceof LinkedHashMap<?, ?>)) {
            throw new BadValueException(parent + ": is a value and has fields, too");
        }
        put((Map<String, @Nullable Object>) child, name.substring(dot + 1), value);
    }
}
