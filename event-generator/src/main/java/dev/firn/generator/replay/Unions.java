package dev.firn.generator.replay;

import java.util.List;
import org.apache.avro.Schema;

/** What values may be, beside null. */
final class Unions {
    private Unions() {}

    static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    /** The one type of a nullable; anything else as it is. */
    static Schema only(Schema type) {
        return type.isUnion() && branches(type).size() == 1 ? branches(type).get(0) : type;
    }
}
