package dev.firn.processor.decode;

import dev.firn.registry.Compatibility;
import dev.firn.registry.RegisteredSchema;
import dev.firn.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** A registry whose schemas by id are waited for, and ask for no strings of Java's own, which cost a copy each. */
record PatientRegistry(SchemaRegistry registry, Outage outage) implements SchemaRegistry {
    private static final String JAVA_STRING = "{\"type\":\"string\",\"avro.java.string\":\"String\"}";

    @Override
    public Schema byId(int id) {
        Schema schema = outage.ride(() -> registry.byId(id));
        String text = schema.toString();
        return text.contains(JAVA_STRING) ? new Schema.Parser().parse(text.replace(JAVA_STRING, "\"string\"")) : schema;
    }

    @Override
    public int register(String subject, Schema schema) {
        return registry.register(subject, schema);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return registry.idOf(subject, schema);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return registry.latest(subject);
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return registry.version(subject, version);
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
        return registry.isCompatible(subject, schema);
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {
        registry.setCompatibility(subject, level);
    }
}
