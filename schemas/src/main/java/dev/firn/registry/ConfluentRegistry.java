package dev.firn.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A registry that speaks the Confluent REST API.
 *
 * <p>Ids are kept in memory, as far as the configuration allows, in both directions: a registry never gives an id a new
 * meaning. A look-up that is kept takes no lock. {@link #latest}, {@link #version} and compatibility are asked for anew
 * each time.
 */
public final class ConfluentRegistry implements SchemaRegistry {
    // https://docs.confluent.io/platform/current/schema-registry/develop/api.html
    private static final int INCOMPATIBLE = 409;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final RegistryConfig config;
    private final LongSupplier nanoTime;
    private final ObjectMapper json = new ObjectMapper();
    private final RegistryCalls calls;
    private final BoundedCache<Integer, Schema> schemas;
    private final BoundedCache<Registration, Integer> ids;
    private final BoundedCache<Integer, Long> unknownUntil;

    public ConfluentRegistry(RegistryConfig config) {
        this(config, System::nanoTime);
    }

    ConfluentRegistry(RegistryConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.calls = new RegistryCalls(config, json);
        this.schemas = new BoundedCache<>(config.cacheSize());
        this.ids = new BoundedCache<>(config.cacheSize());
        this.unknownUntil = new BoundedCache<>(config.cacheSize());
    }

    /** A schema as text under a subject. {@link Schema#equals} would overlook documentation and aliases. */
    private record Registration(String subject, String schema) {}

    @Override
    public int register(String subject, Schema schema) {
        return id(subject, schema, versions(subject));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return id(subject, schema, "/subjects/" + segment(subject));
    }

    private int id(String subject, Schema schema, String path) {
        Registration registration = new Registration(subject, schema.toString());
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        int id = number(granted(subject, calls.ask("POST", path, body(schema))), "id");
        ids.put(registration, id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        return known != null ? known : fetch(id);
    }

    private Schema fetch(int id) {
        Long until = unknownUntil.get(id);
        if (until != null && until - nanoTime.getAsLong() > 0) {
            throw new UnknownSchemaException("the registry holds no schema with id " + id);
        }
        try {
            JsonNode answer = granted("schema id " + id, calls.ask("GET", "/schemas/ids/" + id, null));
            Schema schema = parse(answer, "schema " + id);
            schemas.put(id, schema);
            return schema;
        } catch (UnknownSchemaException e) {
            unknownUntil.put(id, nanoTime.getAsLong() + config.unknownFor().toNanos());
            throw e;
        }
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return registered(subject, "latest");
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return registered(subject, Integer.toString(version));
    }

    private RegisteredSchema registered(String subject, String version) {
        JsonNode answer = ofVersion(subject, version);
        return new RegisteredSchema(
                subject,
                number(answer, "version"),
                number(answer, "id"),
                parse(answer, subject + " version " + version));
    }

    private JsonNode ofVersion(String subject, String version) {
        return granted(subject + " version " + version, calls.ask("GET", versions(subject) + "/" + version, null));
    }

    private Schema parse(JsonNode answer, String name) {
        return new SchemaAnswer((subject, version) -> ofVersion(subject, Integer.toString(version)))
                .parse(answer, name);
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
        Outcome outcome = calls.ask("POST", "/compatibility" + versions(subject), body(schema));
        if (outcome instanceof Outcome.Refused refused && isUnknown(refused.code())) {
            return true;
        }
        return granted(subject, outcome).path("is_compatible").asBoolean();
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {
        ObjectNode body = json.createObjectNode().put("compatibility", level.name());
        granted(subject, calls.ask("PUT", "/config/" + segment(subject), body));
    }

    private static JsonNode granted(String what, Outcome outcome) {
        if (outcome instanceof Outcome.Granted granted) {
            return granted.body();
        }
        throw refusal(what, (Outcome.Refused) outcome);
    }

    private static int number(JsonNode answer, String name) {
        if (!answer.path(name).isInt()) {
            throw new RegistryException("the registry's answer lacks '" + name + "'");
        }
        return answer.path(name).asInt();
    }

    private static RegistryException refusal(String what, Outcome.Refused refused) {
        String message = "the registry refuses " + what + ": " + refused.message() + " (" + refused.code() + ")";
        if (isUnknown(refused.code())) {
            return new UnknownSchemaException(message);
        }
        return refused.code() == INCOMPATIBLE
                ? new IncompatibleSchemaException(message)
                : new RegistryException(message);
    }

    private static boolean isUnknown(int code) {
        return code == SUBJECT_NOT_FOUND || code == VERSION_NOT_FOUND || code == SCHEMA_NOT_FOUND;
    }

    private ObjectNode body(Schema schema) {
        return json.createObjectNode().put("schema", schema.toString());
    }

    private static String versions(String subject) {
        return "/subjects/" + segment(subject) + "/versions";
    }

    private static String segment(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Where the registry is; no secrets. */
    @Override
    public String toString() {
        return "ConfluentRegistry" + config.urls();
    }
}
