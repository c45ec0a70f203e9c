package dev.firn.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The schema in a registry's answer, with the schemas that it refers to. */
final class SchemaAnswer {
    private final BiFunction<String, Integer, JsonNode> references;
    private final Schema.Parser parser = new Schema.Parser();

    /** @param references answers for subject and version */
    SchemaAnswer(BiFunction<String, Integer, JsonNode> references) {
        this.references = references;
        // it is in the registry, and data was written with it: too late to be strict
        parser.setValidateDefaults(false);
    }

    /** @throws UnknownSchemaException if it is no Avro schema */
    Schema parse(JsonNode answer, String name) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnknownSchemaException(name + " is of type " + type + ", not AVRO");
        }
        for (JsonNode reference : answer.path("references")) {
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            parse(references.apply(subject, version), subject + " version " + version);
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnknownSchemaException(name + " can't be read as an Avro schema", e);
        }
    }
}
