package dev.firn.launch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.HashMap;
import java.util.Map;

/** The keys below {@code firn.kafka.} */
@ConfigurationProperties("firn.kafka")
public record KafkaSettings(
        @Bindable(defaultValue = "localhost:9092") String bootstrapServers) {

    /** For every Kafka client: what is below {@code firn.kafka.properties.}, as it is, and the bootstrap servers. May hold secrets. */
    public Map<String, String> clientProperties(Environment environment) {
        Map<String, String> properties = new HashMap<>(Passthrough.below("firn.kafka.properties.", environment));
        properties.put("bootstrap.servers", bootstrapServers);
        return Map.copyOf(properties);
    }
}
