package dev.firn.sink.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Versions of one schema: fields come, go, widen, become nullable and get other names, at any depth. */
final class EvolvingAvro {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> WIDER = Map.of("int", "long", "float", "double");

    private final Random random;
    private final Map<String, String> renamed = new HashMap<>();
    /** Some version has records within themselves: their text holds the names that its writer knew, for ever. */
    private boolean namesAreKept;

    private int names;

    EvolvingAvro(Random random) {
        this.random = random;
    }

    /** A version after this one. */
    Schema next(Schema schema) {
        JsonNode node = parse(schema.toString());
        namesAreKept |= refersToItself(schema);
        evolve(node, !namesAreKept);
        return new Schema.Parser().parse(node.toString());
    }

    /** A version whose fields are called as in the last one: of the same bytes. */
    Schema lastNames(Schema version) {
        String text = version.toString();
        for (Map.Entry<String, String> each : renamed.entrySet()) {
            String last = each.getValue();
            while (renamed.containsKey(last)) {
                last = renamed.get(last);
            }
            text = text.replace("\"name\":\"" + each.getKey() + "\"", "\"name\":\"" + last + "\"");
        }
        return new Schema.Parser().parse(text);
    }

    private static boolean refersToItself(Schema schema) {
        return Pattern.compile("\\[\"null\",\"test\\.n\\d\\.R\\d+\"]|\\[\"null\",\"R\\d+\"]")
                .matcher(schema.toString())
                .find();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private void evolve(JsonNode type, boolean rename) {
        if (type instanceof ArrayNode union) {
            union.forEach(branch -> evolve(branch, rename));
        } else if (type instanceof ObjectNode object) {
            switch (object.path("type").asText()) {
                case "record" -> record((ArrayNode) object.path("fields"), rename);
                case "array" -> evolve(object.path("items"), rename);
                case "map" -> evolve(object.path("values"), rename);
                default -> {}
            }
        }
    }

    private void record(ArrayNode fields, boolean rename) {
        List<ObjectNode> columns = new ArrayList<>();
        fields.forEach(field -> {
            if (!field.path("type").asText().equals("null")
                    && !field.path("type").toString().equals("[\"null\"]")) {
                columns.add((ObjectNode) field);
            }
        });
        if (columns.isEmpty()) {
            return;
        }
        if (columns.size() > 1 && random.nextInt(3) == 0) {
            removeOne(fields, columns.remove(random.nextInt(columns.size())));
        }
        columns.forEach(field -> field(field, rename));
        if (random.nextInt(3) == 0) {
            ObjectNode added = fields.insertObject(random.nextInt(fields.size() + 1));
            added.put("name", "g" + names++).put("type", random.nextBoolean() ? "string" : "int");
        }
    }

    private static void removeOne(ArrayNode fields, JsonNode gone) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).equals(gone)) {
                fields.remove(i);
                return;
            }
        }
    }

    private void field(ObjectNode field, boolean rename) {
        evolve(field.path("type"), rename);
        String wider = WIDER.get(field.path("type").asText());
        if (wider != null && random.nextInt(3) == 0) {
            field.put("type", wider);
        }
        if (!field.path("type").isArray() && random.nextInt(6) == 0) {
            JsonNode type = field.remove("type");
            field.putArray("type").add(TextNode.valueOf("null")).add(type);
        }
        if (rename && random.nextInt(5) == 0) {
            String before = field.path("name").asText();
            String after = "g" + names++;
            field.put("name", after).putArray("aliases").add(before);
            renamed.put(before, after);
        }
    }
}
