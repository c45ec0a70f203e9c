package dev.firn.generator.encode;

import dev.firn.generator.chance.Dice;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Events to Kafka values in the Confluent wire format, with schema ids that are known beforehand: the registry is asked
 * once, not per event. Reuses its buffers, so not safe for several threads.
 */
public final class RecordEncoder {
    private final Map<Topic, TopicEncoder> encoders = new EnumMap<>(Topic.class);

    /** @param schemaIds what the registry holds each topic's schema under */
    public RecordEncoder(ToIntFunction<Topic> schemaIds) {
        for (Topic topic : Topic.values()) {
            encoders.put(topic, new TopicEncoder(topic, schemaIds.applyAsInt(topic)));
        }
    }

    /** The event's value. */
    public byte @Nullable [] encode(Event event) {
        byte[] intact = Objects.requireNonNull(encoders.get(event.topic())).encode(event.record());
        return event.damage() == null ? intact : event.damage().of(intact, new Dice(event.salt()));
    }
}
