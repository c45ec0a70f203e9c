package dev.firn.processor.mask;

import dev.firn.contract.ContractException;
import dev.firn.contract.FieldPath;
import dev.firn.contract.Pii;
import dev.firn.processor.path.PathWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Makes the personal data in the records of one schema unreadable, in place. Not for several threads. */
public final class Masks {
    private record Treated(PathWalk walk, UnaryOperator<@Nullable Object> how) {}

    private final List<Treated> treated;

    private Masks(List<Treated> treated) {
        this.treated = treated;
    }

    /** What the contract wants done, where the schema has the field.
     *
     * @throws ContractException if it can't be done to a field of that type
     */
    public static Masks of(Map<FieldPath, Pii> pii, Schema schema, PiiKey key) {
        List<Treated> treated = new ArrayList<>();
        pii.forEach((path, what) -> PathWalk.of(path, schema)
                .filter(walk -> what != Pii.KEEP)
                .ifPresent(walk -> treated.add(new Treated(walk, how(what, path, schema, key)))));
        return new Masks(treated);
    }

    /** The keyed hash of texts, for one thread. */
    public static UnaryOperator<Object> hash(PiiKey key) {
        return new KeyedHash(key)::of;
    }

    public void apply(IndexedRecord record) {
        for (Treated field : treated) {
            field.walk.replace(record, field.how);
        }
    }

    private static UnaryOperator<@Nullable Object> how(Pii what, FieldPath path, Schema schema, PiiKey key) {
        if (what == Pii.DROP && Nullability.at(path, schema)) {
            return value -> null;
        }
        Schema.Type type = path.in(schema).orElseThrow().getType();
        if (type != Schema.Type.STRING) {
            throw new ContractException("firn.pii " + what + " of " + schema.getFullName() + "." + path
                    + ": only strings can be masked or hashed, and only they or nullable fields dropped");
        }
        return switch (what) {
            case DROP -> value -> new Utf8("");
            case HASH -> new KeyedHash(key)::of;
            default -> value -> new Utf8(Shape.of(String.valueOf(value)));
        };
    }
}
