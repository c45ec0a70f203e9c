package dev.firn.processor;

import dev.firn.registry.Compatibility;
import dev.firn.registry.IncompatibleSchemaException;
import dev.firn.registry.RegisteredSchema;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** Schemas in a list; ids are 1 and up. Can be out of order for a number of questions. */
public final class FakeRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private boolean refusesNew;
    private int refused;
    private final AtomicInteger outages = new AtomicInteger();

    public void failNext(int questions) {
        outages.set(questions);
    }

    /** From now on, no schema is registered that it does not hold. */
    public void refuseNew() {
        refusesNew = true;
    }

    /** So many it refused. */
    public int refused() {
        return refused;
    }

    @Override
    public int register(String subject, Schema schema) {
        if (refusesNew && subject.startsWith("silver.") && !schemas.contains(schema)) {
            refused++;
            throw new IncompatibleSchemaException("not compatible");
        }
        int id = idOfNew(schema);
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    private int idOfNew(Schema schema) {
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public Schema byId(int id) {
        if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RegistryUnavailableException("out of order");
        }
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("no id " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return version(subject, subjects.getOrDefault(subject, List.of()).size());
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (version < 1 || version > versions.size()) {
            throw new UnknownSchemaException("no version " + version + " of " + subject);
        }
        int id = versions.get(version - 1);
        return new RegisteredSchema(subject, version, id, schemas.get(id - 1));
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
        return true;
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {}
}
