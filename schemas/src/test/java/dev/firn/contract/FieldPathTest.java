package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "session.id", "tags[]", "experiments{}", "a.b[].c{}[].d", "_x1.y"})
    void shouldReadWhatItWrites(String text) {
        // When
        FieldPath path = FieldPath.of(text);

        // Then
        assertThat(path).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", "a..b", "a[", "a[0]", "1a", "a b", "[]"})
    void shouldRefuseTextWhenItIsNoPath(String text) {
        // When, Then
        assertThatThrownBy(() -> FieldPath.of(text)).isInstanceOf(ContractException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"product.price", "experiments{}", "tags[]", "session"})
    void shouldFindTypeWhenThePathIsThere(String text) {
        // Given
        Schema activity = Contracts.schema("raw.activity");

        // When
        Schema type = FieldPath.of(text).in(activity).orElseThrow();

        // Then
        assertThat(type.getType()).isNotEqualTo(Schema.Type.UNION);
    }

    @Test
    void shouldFindNothingWhenThePathIsNotThere() {
        // Given
        Schema activity = Contracts.schema("raw.activity");

        // When, Then
        assertThat(FieldPath.of("session.nothing").in(activity)).isEmpty();
        assertThat(FieldPath.of("event_id.x").in(activity)).isEmpty();
        assertThat(FieldPath.of("tags{}").in(activity)).isEmpty();
    }
}
