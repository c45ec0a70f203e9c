package dev.firn.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Collects the properties of all fields, however deep. */
final class FieldWalk {
    private final String schema;
    private final List<FieldRule> rules = new ArrayList<>();
    private final Map<FieldPath, Pii> pii = new LinkedHashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final Set<String> recursive = new HashSet<>();

    FieldWalk(Schema record) {
        this.schema = record.getFullName();
        type(FieldPath.ROOT, record);
    }

    List<FieldRule> rules() {
        return rules;
    }

    Map<FieldPath, Pii> pii() {
        return pii;
    }

    private void type(FieldPath path, Schema type) {
        if (!type.isUnion()) {
            new Properties(place(path), type)
                    .refuseOthersThan(
                            type.getType() == Schema.Type.RECORD ? Properties.OF_RECORDS : Properties.OF_OTHER_TYPES);
        }
        switch (type.getType()) {
            case RECORD -> record(path, type);
            case ARRAY -> type(path.elements(), type.getElementType());
            case MAP -> type(path.values(), type.getValueType());
            case UNION -> union(path, type);
            default -> {
                // holds nothing
            }
        }
    }

    private void record(FieldPath path, Schema record) {
        if (!entered.add(record.getFullName())) {
            recursive.add(record.getFullName());
            return;
        }
        int before = found();
        for (Schema.Field field : record.getFields()) {
            field(path.field(field.name()), field);
        }
        entered.remove(record.getFullName());
        if (recursive.contains(record.getFullName()) && found() > before) {
            throw place(path)
                    .refuse("rules and pii can't be applied in " + record.getName() + ", which contains itself");
        }
    }

    private void union(FieldPath path, Schema union) {
        List<Schema> branches = NullableType.branches(union);
        int before = found();
        branches.forEach(branch -> type(path, branch));
        if (branches.size() > 1 && found() > before) {
            throw place(path).refuse("rules and pii can't be applied in a union of several types");
        }
    }

    private void field(FieldPath path, Schema.Field field) {
        FieldProperties properties = new FieldProperties(place(path), field);
        rules.addAll(properties.rules());
        properties.pii().ifPresent(found -> pii.put(found.path(), found.pii()));
        type(path, field.schema());
    }

    private int found() {
        return rules.size() + pii.size();
    }

    private Place place(FieldPath path) {
        return new Place(schema, path);
    }
}
