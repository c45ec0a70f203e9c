package dev.firn.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;

/** A registry for tests, without a server. It can be taken down. */
public final class InMemoryRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private boolean down;

    /** From now on every call fails as in an outage, or no longer does. */
    public synchronized void setDown(boolean down) {
        this.down = down;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        checkUp();
        if (!isCompatible(subject, schema)) {
            throw new IncompatibleSchemaException("incompatible with what " + subject + " holds");
        }
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!versions(subject).contains(id)) {
            throw new UnknownSchemaException(subject + " does not hold the schema");
        }
        return id;
    }

    @Override
    public synchronized Schema byId(int id) {
        checkUp();
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("no schema with id " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        return version(subject, versions(subject).size());
    }

    @Override
    public synchronized RegisteredSchema version(String subject, int version) {
        List<Integer> versions = versions(subject);
        if (version < 1 || version > versions.size()) {
            throw new UnknownSchemaException("no version " + version + " under " + subject);
        }
        int id = versions.get(version - 1);
        return new RegisteredSchema(subject, version, id, byId(id));
    }

    @Override
    public synchronized boolean isCompatible(String subject, Schema schema) {
        checkUp();
        List<Schema> newestFirst = new ArrayList<>();
        subjects.getOrDefault(subject, List.of()).forEach(id -> newestFirst.add(0, byId(id)));
        return compatible(levels.getOrDefault(subject, Compatibility.NONE), schema, newestFirst);
    }

    private static boolean compatible(Compatibility level, Schema schema, List<Schema> newestFirst) {
        if (level == Compatibility.NONE) {
            return true;
        }
        SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
        builder = switch (level) {
            case BACKWARD, BACKWARD_TRANSITIVE -> builder.canReadStrategy();
            case FORWARD, FORWARD_TRANSITIVE -> builder.canBeReadStrategy();
            default -> builder.mutualReadStrategy();
        };
        try {
            (level.name().endsWith("TRANSITIVE") ? builder.validateAll() : builder.validateLatest())
                    .validate(schema, newestFirst);
            return true;
        } catch (SchemaValidationException e) {
            return false;
        }
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility level) {
        checkUp();
        levels.put(subject, level);
    }

    private List<Integer> versions(String subject) {
        checkUp();
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new UnknownSchemaException("no subject " + subject);
        }
        return versions;
    }

    private void checkUp() {
        if (down) {
            throw new RegistryUnavailableException("the registry is down");
        }
    }
}
