package dev.firn.generator.disturb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.generator.encode.RecordEncoder;
import dev.firn.generator.encode.Registration;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Sequence;
import dev.firn.quarantine.Reason;
import dev.firn.registry.InMemoryRegistry;
import dev.firn.registry.SchemaRegistry;
import dev.firn.serde.AvroDeserializer;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is meant to be undecodable, against the deserializer that everybody uses. */
class DamageTest {
    private final SchemaRegistry registry = new InMemoryRegistry();

    @Test
    void shouldFailForItsReasonWhenDamaged() {
        // Given
        Shares shares = new Shares(0, 0, 0, 0, 0.5);
        Sequence sequence = new Sequence(
                new Knobs(5, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofMillis(30), 10, 10, 1, shares));
        RecordEncoder encoder = Registration.register(registry);
        Set<Damage> seen = EnumSet.noneOf(Damage.class);

        // When
        for (int i = 0; i < 10_000; i++) {
            Event event = sequence.next();
            Reason reason = reason(event, encoder.encode(event));

            // Then
            assertThat(reason).as("%s", event.damage()).isEqualTo(event.fate().reason());
            if (event.damage() != null) {
                seen.add(event.damage());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(Damage.values());
    }

    private @Nullable Reason reason(Event event, byte @Nullable [] value) {
        try (var deserializer = new AvroDeserializer<>(registry)) {
            if (value == null) {
                WireFormat.schemaId(null);
            }
            assertThat(deserializer.deserialize(event.topic().text(), value)).isNotNull();
            return null;
        } catch (UndecodableException e) {
            return e.reason();
        }
    }
}
