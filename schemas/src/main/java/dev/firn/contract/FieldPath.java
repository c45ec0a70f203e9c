package dev.firn.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * The way from a record to a value of it, through records, nullable unions, arrays and maps. As text:
 * {@code session.id}, {@code tags[]}, {@code experiments{}}, {@code readings[].celsius}.
 */
public record FieldPath(List<Step> steps) {
    /** The record itself. */
    public static final FieldPath ROOT = new FieldPath(List.of());

    private static final Pattern NAME = Pattern.compile("([A-Za-z_]\\w*)((?:\\[]|\\{})*)");

    /** One step down. */
    public sealed interface Step {}

    /** Into a record's field. */
    public record Field(String name) implements Step {}

    /** To each element of an array. */
    public record Elements() implements Step {}

    /** To each value of a map. */
    public record Values() implements Step {}

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** Reads the text form.
     *
     * @throws ContractException if it is not one
     */
    public static FieldPath of(String text) {
        FieldPath path = ROOT;
        for (String part : text.split("\\.", -1)) {
            Matcher name = NAME.matcher(part);
            if (!name.matches()) {
                throw new ContractException("'" + text + "' is not a field's path");
            }
            path = path.field(name.group(1));
            for (int at = 0; at < name.group(2).length(); at += 2) {
                path = name.group(2).charAt(at) == '[' ? path.elements() : path.values();
            }
        }
        return path;
    }

    public FieldPath field(String name) {
        return then(new Field(name));
    }

    public FieldPath elements() {
        return then(new Elements());
    }

    public FieldPath values() {
        return then(new Values());
    }

    private FieldPath then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(longer);
    }

    /** Whether each record has at most one value there: the path goes through no array and no map. */
    public boolean isSingle() {
        return steps.stream().allMatch(Field.class::isInstance);
    }

    /** The type of what is there, without its null, if it is there. */
    public Optional<Schema> in(Schema record) {
        Optional<Schema> here = Optional.of(record);
        for (Step step : steps) {
            here = here.flatMap(schema -> below(schema, step));
        }
        return here.map(NullableType::strip);
    }

    private static Optional<Schema> below(Schema nullable, Step step) {
        Schema schema = NullableType.strip(nullable);
        if (step instanceof Field field && schema.getType() == Schema.Type.RECORD) {
            return Optional.ofNullable(schema.getField(field.name())).map(Schema.Field::schema);
        }
        if (step instanceof Elements && schema.getType() == Schema.Type.ARRAY) {
            return Optional.of(schema.getElementType());
        }
        if (step instanceof Values && schema.getType() == Schema.Type.MAP) {
            return Optional.of(schema.getValueType());
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Field field) {
                text.append(text.isEmpty() ? "" : ".").append(field.name());
            } else {
                text.append(step instanceof Elements ? "[]" : "{}");
            }
        }
        return text.toString();
    }
}
