package dev.firn.generator.encode;

import dev.firn.contract.Contracts;
import dev.firn.generator.sequence.Topic;
import dev.firn.registry.SchemaRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Makes the contracts known to the registry. */
public final class Registration {
    private Registration() {}

    /** An encoder for the ids that the registry gives. Asks it once per topic. */
    public static RecordEncoder register(SchemaRegistry registry) {
        Map<Topic, Integer> ids = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            // the contract itself, not the schema of the generated class, which carries marks of the code generator
            ids.put(topic, registry.register(topic.text() + "-value", Contracts.schema(topic.text())));
        }
        return new RecordEncoder(topic -> ids.getOrDefault(topic, 0));
    }
}
