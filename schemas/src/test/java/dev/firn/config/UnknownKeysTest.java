package dev.firn.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {
    private static final Set<String> KNOWN =
            Set.of("firn.sink.commit-interval", "firn.sink.topics", "firn.sink.tables.name", "firn.kafka.properties.");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "firn.sink.commit-interval",
                "firn.sink.commitInterval",
                "firn.sink.topics[3]",
                "firn.sink.tables[0].name",
                "firn.kafka.properties.max.poll.records",
                "FIRN_SINK_COMMIT_INTERVAL",
                "FIRN_KAFKA_PROPERTIES_SECURITY_PROTOCOL",
                "micronaut.server.port",
                "PATH"
            })
    void shouldAcceptKeyWhenItIsKnownOrNotOurs(String key) {
        // When, Then
        assertThatCode(() -> UnknownKeys.check(Set.of(key), KNOWN)).doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheClosestKeyWhenOneIsMisspelled() {
        // When, Then
        assertThatThrownBy(() -> UnknownKeys.check(Set.of("firn.sink.comit-interval"), KNOWN))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "unknown configuration key firn.sink.comit-interval; did you mean 'firn.sink.commit-interval'?");
    }

    @Test
    void shouldNameTheClosestVariableWhenOneIsMisspelled() {
        // When, Then
        assertThatThrownBy(() -> UnknownKeys.check(Set.of("FIRN_SINK_TOPIC"), KNOWN))
                .hasMessage("unknown configuration key FIRN_SINK_TOPIC; did you mean 'FIRN_SINK_TOPICS'?");
    }

    @Test
    void shouldNameEveryUnknownKeyWhenThereAreSeveral() {
        // When, Then
        assertThatThrownBy(() -> UnknownKeys.check(Set.of("firn.b", "firn.a", "firn.sink.topics"), KNOWN))
                .hasMessage("unknown configuration key firn.a\nunknown configuration key firn.b");
    }
}
