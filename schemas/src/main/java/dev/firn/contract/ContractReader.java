package dev.firn.contract;

import dev.firn.config.Closest;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads the properties of the record itself; those of its fields are read by {@link FieldWalk}. */
final class ContractReader {
    private final Schema schema;
    private final Place place;
    private final Properties properties;

    ContractReader(Schema schema) {
        this.schema = schema;
        this.place = new Place(schema.getFullName(), FieldPath.ROOT);
        this.properties = new Properties(place, schema);
    }

    Contract read() {
        if (schema.getType() != Schema.Type.RECORD) {
            throw place.refuse("it is no record");
        }
        FieldWalk fields = new FieldWalk(schema);
        return new Contract(
                schema,
                key(),
                eventTime().orElse(null),
                properties.texts(Properties.PARTITION_BY).stream()
                        .map(this::transform)
                        .toList(),
                mode(),
                fields.rules(),
                fields.pii());
    }

    private List<String> key() {
        List<String> key = properties.texts(Properties.KEY);
        for (String field : key) {
            if (kind(Properties.KEY, field) == Kind.COMPOSITE) {
                throw place.refuse("'" + field + "' in '" + Properties.KEY + "' is no single value");
            }
        }
        return key;
    }

    private Optional<String> eventTime() {
        Optional<String> eventTime = properties.text(Properties.EVENT_TIME);
        eventTime.ifPresent(field -> {
            if (kind(Properties.EVENT_TIME, field) != Kind.TIMESTAMP) {
                throw place.refuse("'" + field + "' in '" + Properties.EVENT_TIME + "' is no timestamp");
            }
        });
        return eventTime;
    }

    private PartitionTransform transform(String text) {
        PartitionTransform parsed;
        try {
            parsed = TransformText.parse(text);
        } catch (IllegalArgumentException e) {
            throw place.refuse("transform '" + text + "' in '" + Properties.PARTITION_BY + "': " + e.getMessage());
        }
        Kind kind = kind(Properties.PARTITION_BY, parsed.field());
        if (!parsed.transform().appliesTo(kind)) {
            throw place.refuse(
                    "transform '" + text + "' in '" + Properties.PARTITION_BY + "' does not apply to a " + kind);
        }
        return parsed;
    }

    private Mode mode() {
        String text = properties.text(Properties.MODE).orElse("append");
        Mode mode = EnumText.parse(Mode.class, text)
                .orElseThrow(() -> place.refuse("'" + Properties.MODE + "' is '" + text + "', not append or upsert"));
        if (mode == Mode.UPSERT && properties.texts(Properties.KEY).isEmpty()) {
            throw place.refuse("'" + Properties.MODE + "' is upsert, but there is no '" + Properties.KEY + "'");
        }
        return mode;
    }

    /** Of the one value at the path; dots lead into nested records. */
    private Kind kind(String property, String field) {
        Optional<Schema> type = path(property, field).in(schema);
        return Kind.of(type.orElseThrow(() -> place.refuse(
                "'" + property + "' names '" + field + "', which is not there" + Closest.hint(field, names()))));
    }

    private FieldPath path(String property, String field) {
        if (!field.matches("[\\w.]+")) {
            throw place.refuse("'" + property + "' names '" + field + "', which is not a field");
        }
        return FieldPath.of(field);
    }

    private List<String> names() {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
