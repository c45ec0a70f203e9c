package dev.firn.sink.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.FieldPath;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro values as JSON, without personal data: fields that their own schema or the newest of their topic calls personal are
 * there, and what they hold is not. What can't be decoded, or whose contract can't be read, shows nothing of what it holds: nobody knows what that is.
 */
public final class Masked {
    private static final String HIDDEN = "•••";

    private final SchemaRegistry registry;

    public Masked(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The record that was set aside, as far as it may be shown.
     *
     * @param topic that it first was in
     */
    public JsonNode value(byte @Nullable [] value, String topic) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            Schema schema = registry.byId(WireFormat.schemaId(value));
            Set<FieldPath> personal = new HashSet<>(Contract.of(schema).pii().keySet());
            personal.addAll(personalByNewest(topic));
            Object decoded = new GenericDatumReader<>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null));
            return json(decoded, FieldPath.ROOT, personal);
        } catch (UndecodableException
                | UnknownSchemaException
                | ContractException
                | IOException
                | AvroRuntimeException e) {
            return TextNode.valueOf("not shown: " + value.length + " bytes that can't be read by a schema");
        }
    }

    private Set<FieldPath> personalByNewest(String topic) {
        try {
            return Contract.of(registry.latest(topic + "-value").schema()).pii().keySet();
        } catch (UnknownSchemaException e) {
            return Set.of();
        }
    }

    private static JsonNode json(@Nullable Object value, FieldPath path, Set<FieldPath> personal) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        }
        if (personal.contains(path)) {
            return json.textNode(HIDDEN);
        }
        if (value instanceof GenericRecord row) {
            ObjectNode object = json.objectNode();
            row.getSchema()
                    .getFields()
                    .forEach(field ->
                            object.set(field.name(), json(row.get(field.pos()), path.field(field.name()), personal)));
            return object;
        }
        if (value instanceof Collection<?> elements) {
            ArrayNode array = json.arrayNode();
            elements.forEach(element -> array.add(json(element, path.elements(), personal)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = json.objectNode();
            map.forEach((key, each) -> object.set(key.toString(), json(each, path.values(), personal)));
            return object;
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value instanceof Integer || value instanceof Long) {
            return json.numberNode(((Number) value).longValue());
        }
        if (value instanceof Float || value instanceof Double) {
            return json.numberNode(((Number) value).doubleValue());
        }
        if (value instanceof Boolean flag) {
            return json.booleanNode(flag);
        }
        return json.textNode(value instanceof ByteBuffer bytes ? bytes.remaining() + " bytes" : value.toString());
    }
}
