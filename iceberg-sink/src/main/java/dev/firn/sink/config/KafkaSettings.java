package dev.firn.sink.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/** The keys below {@code firn.kafka.} but {@code firn.kafka.properties.*}, which {@link Passthrough} reads. */
@ConfigurationProperties("firn.kafka")
public record KafkaSettings(
        @Bindable(defaultValue = "localhost:9092") String bootstrapServers) {}
