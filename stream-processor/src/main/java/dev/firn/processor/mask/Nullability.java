package dev.firn.processor.mask;

import dev.firn.contract.FieldPath;
import java.util.List;
import org.apache.avro.Schema;

/** Whether null may stand at a path. */
final class Nullability {
    private Nullability() {}

    static boolean at(FieldPath path, Schema record) {
        List<FieldPath.Step> steps = path.steps();
        FieldPath.Step last = steps.get(steps.size() - 1);
        Schema parent =
                new FieldPath(steps.subList(0, steps.size() - 1)).in(record).orElseThrow();
        if (last instanceof FieldPath.Field field) {
            return parent.getField(field.name()).schema().isNullable();
        }
        return (last instanceof FieldPath.Elements ? parent.getElementType() : parent.getValueType()).isNullable();
    }
}
