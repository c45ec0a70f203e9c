package dev.firn.sink.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How unions become columns: with null and one more branch, an optional column of that branch; with several branches, a
 * struct with one optional field per branch, of which one at most is set.
 */
public final class Unions {
    /** One of several branches.
     *
     * @param index in the union
     * @param column in the struct
     */
    public record Branch(int index, String column, Schema schema) {}

    private Unions() {}

    public static boolean isNullable(Schema schema) {
        return schema.getType() == Schema.Type.NULL || nullIndex(schema) >= 0;
    }

    /** Where null stands in the union, -1 if nowhere, or if it is no union. */
    public static int nullIndex(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            List<Schema> branches = schema.getTypes();
            for (int i = 0; i < branches.size(); i++) {
                if (branches.get(i).getType() == Schema.Type.NULL) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The one branch besides null, or the schema itself if it is no union or has several. */
    public static Schema value(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Branch> branches = branches(schema);
        return switch (branches.size()) {
            case 0 -> Schema.create(Schema.Type.NULL);
            case 1 -> branches.get(0).schema();
            default -> schema;
        };
    }

    /** All but null. A column's name does not change when a branch is added at the end. */
    public static List<Branch> branches(Schema union) {
        List<Branch> branches = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<Schema> types = union.getTypes();
        for (int i = 0; i < types.size(); i++) {
            Schema type = types.get(i);
            if (type.getType() != Schema.Type.NULL) {
                String name = taken.add(type.getName())
                        ? type.getName()
                        : type.getFullName().replace('.', '_');
                taken.add(name);
                branches.add(new Branch(i, name, type));
            }
        }
        return branches;
    }
}
