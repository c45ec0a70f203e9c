package dev.firn.contract;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Unions of null and one type. */
final class NullableType {
    private NullableType() {}

    /** The one type beside null; any other schema as it is. */
    static Schema strip(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> branches = branches(schema);
        return branches.size() == 1 ? branches.get(0) : schema;
    }

    /** The branches that are not null. */
    static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    /** The schema, or null: null comes first, so that it can be the default. */
    static Schema orNull(Schema schema) {
        List<Schema> types = new ArrayList<>();
        types.add(Schema.create(Schema.Type.NULL));
        types.addAll(schema.isUnion() ? branches(schema) : List.of(schema));
        return Schema.createUnion(types);
    }
}
