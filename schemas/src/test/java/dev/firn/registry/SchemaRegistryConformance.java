package dev.firn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** What every registry must do. Subjects and names are new for each test: the registry may be one that lives on. */
public abstract class SchemaRegistryConformance {
    private static final int UNKNOWN_ID = 1_999_999_999;

    private final String unique = UUID.randomUUID().toString().replace("-", "");
    private final String subject = "odd subject/" + unique + "-value";

    /** The registry under test. */
    protected abstract SchemaRegistry registry();

    @Test
    void shouldGiveTheSchemaBackWhenItWasRegistered() {
        // Given
        Schema schema = schema("a");
        int id = registry().register(subject, schema);

        // When
        Schema found = fresh().byId(id);

        // Then
        assertThat(found).isEqualTo(schema);
        assertThat(found.getObjectProp("firn.key")).isEqualTo(schema.getObjectProp("firn.key"));
    }

    @Test
    void shouldGiveTheSameIdWhenASchemaIsRegisteredAgain() {
        // Given
        int first = registry().register(subject, schema("a"));

        // When
        int second = fresh().register(subject, schema("a"));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(registry().latest(subject).version()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameIdWhenASchemaStandsUnderTwoSubjects() {
        // Given
        int first = registry().register(subject, schema("a"));

        // When
        int second = registry().register(subject + "2", schema("a"));

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldKeepVersionsInOrderWhenSeveralAreRegistered() {
        // Given
        int first = registry().register(subject, schema("a"));
        int second = registry().register(subject, schema("a", "b"));

        // When
        RegisteredSchema latest = registry().latest(subject);

        // Then
        assertThat(latest).isEqualTo(new RegisteredSchema(subject, 2, second, schema("a", "b")));
        assertThat(registry().version(subject, 1)).isEqualTo(new RegisteredSchema(subject, 1, first, schema("a")));
    }

    @Test
    void shouldFindTheIdOnlyUnderTheSubjectThatHoldsTheSchema() {
        // Given
        int id = registry().register(subject, schema("a"));
        registry().register(subject + "2", schema("a", "b"));

        // When, Then
        assertThat(fresh().idOf(subject, schema("a"))).isEqualTo(id);
        assertThatThrownBy(() -> fresh().idOf(subject, schema("a", "b"))).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> fresh().idOf(subject + "3", schema("a"))).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldSayUnknownWhenIdSubjectOrVersionIsNotThere() {
        // Given
        registry().register(subject, schema("a"));

        // When, Then
        assertThatThrownBy(() -> registry().byId(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry().latest(subject + "2")).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry().version(subject, 7)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldRefuseAnIncompatibleSchemaWhenTheLevelDemandsIt() {
        // Given
        registry().setCompatibility(subject, Compatibility.FULL_TRANSITIVE);
        registry().register(subject, schema("a"));
        Schema typeChanged = withLong("a");

        // When, Then
        assertThat(registry().isCompatible(subject, schema("a", "b"))).isTrue();
        assertThat(registry().isCompatible(subject, typeChanged)).isFalse();
        assertThatThrownBy(() -> registry().register(subject, typeChanged))
                .isInstanceOf(IncompatibleSchemaException.class);
    }

    @Test
    void shouldCompareWithAllVersionsWhenTheLevelIsTransitive() {
        // Given: each step alone is compatible, the first and the last version are not
        registry().register(subject, schema("a"));
        registry().register(subject, schema("b"));
        registry().setCompatibility(subject, Compatibility.FULL_TRANSITIVE);
        Schema otherA = withLong("a");

        // When
        boolean compatible = registry().isCompatible(subject, otherA);

        // Then
        assertThat(compatible).isFalse();
    }

    @Test
    void shouldAcceptAnySchemaWhenTheSubjectHoldsNothingYet() {
        // When
        boolean compatible = registry().isCompatible(subject, schema("a"));

        // Then
        assertThat(compatible).isTrue();
    }

    /** One that has nothing in memory yet, where that makes a difference. */
    protected SchemaRegistry fresh() {
        return registry();
    }

    private Schema withLong(String optional) {
        return SchemaBuilder.record("R" + unique)
                .namespace("conformance")
                .fields()
                .requiredString("id")
                .optionalLong(optional)
                .endRecord();
    }

    private Schema schema(String... optional) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("R" + unique)
                .namespace("conformance")
                .prop("firn.key", List.of("id"))
                .fields()
                .requiredString("id");
        for (String name : optional) {
            fields = fields.optionalString(name);
        }
        return fields.endRecord();
    }
}
