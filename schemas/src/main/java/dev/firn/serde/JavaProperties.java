package dev.firn.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** What generated classes add to their schemas for Java alone, and what has no place in a registry. */
final class JavaProperties {
    private static final String STRING_TYPE = "avro.java.string";

    private JavaProperties() {}

    /** The schema as everybody knows it; the encoding is the same. */
    static Schema removeFrom(Schema schema) {
        String text = schema.toString();
        if (!text.contains(STRING_TYPE)) {
            return schema;
        }
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            remove(json);
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema is not written as JSON", e);
        }
    }

    private static void remove(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(STRING_TYPE);
        }
        node.forEach(JavaProperties::remove);
    }
}
