package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw.activity",
                "raw.customers",
                "raw.products",
                "raw.transactions",
                "raw.fx_rates",
                "raw.fiscal_calendar",
                "raw.vehicles",
                "raw.stations",
                "raw.charging_sessions",
                "raw.vehicle_health",
                "raw.reviews",
                "silver.activity_events",
                "silver.fact_transactions",
                "gold.activity_by_minute",
                "gold.web_sessions",
                "ops.quarantine"
            })
    void shouldReadEveryBundledContract(String topic) {
        // When
        Contract contract = Contracts.of(topic);

        // Then
        assertThat(contract.eventTime()).isNotNull();
        assertThat(contract.schema().getFields()).isNotEmpty();
    }

    @Test
    void shouldReadPropertiesOfRecordWhenAllAreGiven() {
        // When
        Contract contract = Contracts.of("raw.customers");

        // Then
        assertThat(contract.key()).containsExactly("customer_id");
        assertThat(contract.eventTime()).isEqualTo("updated_at");
        assertThat(contract.partitionBy()).containsExactly(new PartitionTransform(Transform.BUCKET, 4, "customer_id"));
        assertThat(contract.mode()).isEqualTo(Mode.UPSERT);
        assertThat(contract.pii())
                .containsEntry(FieldPath.of("email"), Pii.HASH)
                .containsEntry(FieldPath.of("address.line_1"), Pii.DROP)
                .containsEntry(FieldPath.of("address.country"), Pii.KEEP);
    }

    @Test
    void shouldDescendIntoNullableRecordsWhenTheyHoldRules() {
        // When
        Contract contract = Contracts.of("raw.activity");

        // Then
        assertThat(contract.rules())
                .contains(
                        new FieldRule(
                                FieldPath.of("product.price"),
                                new Rule.Range(BigDecimal.ZERO, new BigDecimal("1000000")),
                                Severity.ERROR,
                                "range(0, 1000000)"),
                        new FieldRule(
                                FieldPath.of("event_id"),
                                new Rule.Unique(Duration.ofHours(1)),
                                Severity.ERROR,
                                "unique(1h)"));
        assertThat(contract.pii()).containsOnlyKeys(FieldPath.of("user.email"), FieldPath.of("location.ip"));
    }

    @Test
    void shouldKeepRecordsAppendOnlyAndUnpartitionedWhenNothingIsSaid() {
        // Given
        Schema plain =
                SchemaBuilder.record("Plain").fields().requiredString("a").endRecord();

        // When
        Contract contract = Contract.of(plain);

        // Then
        assertThat(contract)
                .isEqualTo(new Contract(plain, List.of(), null, List.of(), Mode.APPEND, List.of(), contract.pii()));
        assertThat(contract.pii()).isEmpty();
    }

    @Test
    void shouldApplyRulesToElementsWhenTheFieldIsAnArrayOrAMap() {
        // Given
        Schema schema = record("""
                {"name": "tags", "type": {"type": "array", "items": "string"}, "firn.rules": ["length(1, 20)"], "firn.pii": "mask"},
                {"name": "limits", "type": {"type": "map", "values": ["null", "int"]}, "firn.rules": ["warn: range(-1, 1)"]},
                {"name": "readings", "type": {"type": "array", "items": {"type": "record", "name": "Reading", "fields": [
                    {"name": "unit", "type": "string", "firn.rules": ["one-of(C, F)"]}]}}}""");

        // When
        Contract contract = Contract.of(schema);

        // Then
        assertThat(contract.rules())
                .containsExactly(
                        new FieldRule(FieldPath.of("tags[]"), new Rule.Length(1, 20), Severity.ERROR, "length(1, 20)"),
                        new FieldRule(
                                FieldPath.of("limits{}"),
                                new Rule.Range(new BigDecimal(-1), BigDecimal.ONE),
                                Severity.WARNING,
                                "warn: range(-1, 1)"),
                        new FieldRule(
                                FieldPath.of("readings[].unit"),
                                new Rule.OneOf(Set.of("C", "F")),
                                Severity.ERROR,
                                "one-of(C, F)"));
        assertThat(contract.pii()).containsOnlyKeys(FieldPath.of("tags[]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"firn.keys\": [\"a\"]; unknown property 'firn.keys'; did you mean 'firn.key'?",
                "\"firn.rules\": [\"email\"]; property 'firn.rules' belongs on a field, beside its name",
                "\"firn.key\": \"a\"; property 'firn.key' must be a list of texts, not a",
                "\"firn.key\": [\"aa\"]; 'firn.key' names 'aa', which is not there; did you mean 'a'?",
                "\"firn.key\": [\"tags\"]; 'tags' in 'firn.key' is no single value",
                "\"firn.key\": [\"tags[]\"]; 'firn.key' names 'tags[]', which is not a field",
                "\"firn.event-time\": \"a\"; 'a' in 'firn.event-time' is no timestamp",
                "\"firn.event-time\": \"when\"; 'firn.event-time' names 'when', which is not there",
                "\"firn.mode\": \"merge\"; 'firn.mode' is 'merge', not append or upsert",
                "\"firn.mode\": \"upsert\"; 'firn.mode' is upsert, but there is no 'firn.key'",
                "\"firn.partition-by\": [\"daily(t)\"]; transform 'daily(t)' in 'firn.partition-by': there is no such transform; did you mean 'day'?",
                "\"firn.partition-by\": [\"day(a)\"]; transform 'day(a)' in 'firn.partition-by' does not apply to a text",
                "\"firn.partition-by\": [\"bucket(a)\"]; transform 'bucket(a)' in 'firn.partition-by': it takes 2 arguments",
                "\"firn.partition-by\": [\"bucket(0, a)\"]; transform 'bucket(0, a)' in 'firn.partition-by': its number must be above 0",
                "\"firn.partition-by\": [\"day(t\"]; transform 'day(t' in 'firn.partition-by': it is neither 'name' nor 'name(arguments)'",
                "\"firn.partition-by\": [\"day(b)\"]; 'firn.partition-by' names 'b', which is not there",
            })
    void shouldNameSchemaAndTextWhenAPropertyOfTheRecordIsWrong(String property, String problem) {
        // Given
        Schema schema = new Schema.Parser().parse("""
                        {"type": "record", "name": "Order", "namespace": "shop", %s, "fields": [
                            {"name": "a", "type": "string"},
                            {"name": "t", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                            {"name": "tags", "type": {"type": "array", "items": "string"}}]}""".formatted(property));

        // When, Then
        assertThatThrownBy(() -> Contract.of(schema))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("contract of shop.Order: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"firn.rule\": [\"email\"]; unknown property 'firn.rule'; did you mean 'firn.rules'?",
                "\"firn.key\": [\"inner\"]; property 'firn.key' belongs on a record",
                "\"firn.rules\": [\"emial\"]; rule 'emial': there is no such rule; did you mean 'email'?",
                "\"firn.rules\": [\"range(0)\"]; rule 'range(0)': it takes 2 arguments",
                "\"firn.rules\": [\"range(0, 1)\"]; rule 'range(0, 1)' does not apply to a text",
                "\"firn.rules\": [\"range(2, 1)\"]; rule 'range(2, 1)': the lower end is above the upper",
                "\"firn.rules\": [\"range(a, 1)\"]; rule 'range(a, 1)': 'a' is not a number",
                "\"firn.rules\": [\"matches([)\"]; rule 'matches([)': Unclosed character class",
                "\"firn.rules\": [\"matches()\"]; rule 'matches()': it takes a pattern",
                "\"firn.rules\": [\"one-of()\"]; rule 'one-of()': it takes values between commas",
                "\"firn.rules\": [\"one-of(a,,b)\"]; rule 'one-of(a,,b)': it takes values between commas",
                "\"firn.rules\": [\"unique(soon)\"]; rule 'unique(soon)': 'soon' is not a time like 500ms",
                "\"firn.rules\": [\"email(x)\"]; rule 'email(x)': it takes 0 arguments",
                "\"firn.rules\": [\"length(1, x)\"]; rule 'length(1, x)': 'x' is not a count",
                "\"firn.rules\": [\"email\" , 1]; property 'firn.rules' must be a list of texts",
                "\"firn.pii\": \"hide\"; 'firn.pii' is 'hide', not one of [mask, hash, drop, keep]",
            })
    void shouldNameSchemaFieldAndTextWhenAPropertyOfAFieldIsWrong(String property, String problem) {
        // Given
        Schema schema = record("""
                {"name": "outer", "type": ["null", {"type": "record", "name": "Outer", "fields": [
                    {"name": "inner", "type": "string", %s}]}]}""".formatted(property));

        // When, Then
        assertThatThrownBy(() -> Contract.of(schema))
                .isInstanceOf(ContractException.class)
                .hasMessageStartingWith("contract of shop.Order, field outer.inner: " + problem);
    }

    @Test
    void shouldRefusePropertyWhenItStandsOnTheTypeInsteadOfTheField() {
        // Given
        Schema schema = record("{\"name\": \"a\", \"type\": {\"type\": \"string\", \"firn.rules\": [\"email\"]}}");

        // When, Then
        assertThatThrownBy(() -> Contract.of(schema))
                .hasMessage(
                        "contract of shop.Order, field a: property 'firn.rules' belongs on a field, beside its name");
    }

    @Test
    void shouldRefuseRulesWhenTheTypeContainsItself() {
        // Given
        Schema schema = record("""
                {"name": "root", "type": {"type": "record", "name": "Node", "fields": [
                    {"name": "name", "type": "string", "firn.rules": ["not-blank"]},
                    {"name": "children", "type": {"type": "array", "items": "Node"}}]}}""");

        // When, Then
        assertThatThrownBy(() -> Contract.of(schema))
                .hasMessageContaining("field root:")
                .hasMessageContaining("itself");
    }

    @Test
    void shouldRefuseRulesWhenTheyStandInAUnionOfSeveralTypes() {
        // Given
        Schema schema = record("""
                {"name": "payload", "type": ["null", "string", {"type": "record", "name": "Card", "fields": [
                    {"name": "number", "type": "string", "firn.pii": "mask"}]}]}""");

        // When, Then
        assertThatThrownBy(() -> Contract.of(schema))
                .hasMessageContaining("field payload:")
                .hasMessageContaining("union");
    }

    @Test
    void shouldAcceptRecursionAndUnionsWhenTheyCarryNoRules() {
        // Given
        Schema schema = record("""
                {"name": "a", "type": ["int", "string"]},
                {"name": "root", "type": {"type": "record", "name": "Node", "fields": [
                    {"name": "children", "type": {"type": "array", "items": "Node"}}]}}""");

        // When
        Contract contract = Contract.of(schema);

        // Then
        assertThat(contract.rules()).isEmpty();
    }

    @Test
    void shouldRefuseSchemaWhenItIsNoRecord() {
        // When, Then
        assertThatThrownBy(() -> Contract.of(Schema.create(Schema.Type.STRING))).hasMessageContaining("no record");
    }

    @Test
    void shouldRefuseTopicWhenNoContractComesWithIt() {
        // When, Then
        assertThatThrownBy(() -> Contracts.schema("raw.nothing"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("raw.nothing");
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Order\", \"namespace\": \"shop\", \"fields\": [" + fields
                        + "]}");
    }
}
