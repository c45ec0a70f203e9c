package dev.firn.generator.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.kafka.}
 *
 * @param properties handed to every Kafka client as they are; may hold secrets, so this is never printed
 */
@ConfigurationProperties("firn.kafka")
public record KafkaSettings(
        @Bindable(defaultValue = "localhost:9092") String bootstrapServers,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW) @Nullable
        Map<String, String> properties) {

    Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>(properties == null ? Map.of() : properties);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + "]";
    }
}
