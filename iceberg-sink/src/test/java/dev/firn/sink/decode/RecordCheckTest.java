package dev.firn.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCheckTest {
    private final AvroInput input = new AvroInput();
    private final Trail trail = new Trail();

    /** A record of one field of the type, and its bytes in hexadecimal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"int\" | 80 | cut short",
                "\"int\" | 8080808010 | an int is out of range",
                "\"long\" | 8080808080808080808001 | too many bits",
                "\"long\" | 80808080808080808002 | too many bits",
                "\"boolean\" | 02 | neither 0 nor 1",
                "\"float\" | 000000 | cut short",
                "\"double\" | 00000000000000 | cut short",
                "\"string\" | 01 | length is negative",
                "\"string\" | 0461 | more bytes than there are",
                "\"bytes\" | FFFFFFFF1F | more bytes than there are",
                "\"string\" | 04C080 | not UTF-8",
                "\"string\" | 06EDA080 | not UTF-8",
                "\"string\" | 08F4908080 | not UTF-8",
                "\"null\" | 00 | 1 bytes too many",
                "[\"null\",\"int\"] | 04 | no such branch",
                "[\"null\",\"int\"] | 01 | no such branch",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]} | 02 | no such symbol",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]} | 01 | no such symbol",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3} | 0102 | cut short",
                "{\"type\":\"array\",\"items\":\"null\"} | FEFFFFFFFFFFFFFFFF0100 | elements without a byte",
                "{\"type\":\"array\",\"items\":\"null\"} | 80801000 | elements without a byte",
                "{\"type\":\"array\",\"items\":\"int\"} | 0A02 | more items than bytes",
                "{\"type\":\"array\",\"items\":\"int\"} | FFFFFFFFFFFFFFFFFF010200 | more items than bytes",
                "{\"type\":\"array\",\"items\":\"int\"} | 01040200 | not as long as it says",
                "{\"type\":\"array\",\"items\":\"int\"} | 01010200 | length is negative",
                "{\"type\":\"map\",\"values\":\"int\"} | 020261 | cut short",
            })
    void shouldRefuseWhenBytesAreNoValue(String type, String hex, String detail) {
        assertRefused(type, hex, Reason.MALFORMED, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2,\"scale\":1} | 0264 | more than 2 digits",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2,\"scale\":1} | 029C | more than 2 digits",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2,\"scale\":1} | 00 | no bytes",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20} | 12056BC75E2D63100000 | than 20 digits",
                "{\"type\":\"int\",\"logicalType\":\"time-millis\"} | 80F0B252 | out of range",
                "{\"type\":\"long\",\"logicalType\":\"time-micros\"} | 01 | out of range",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | FEFFFFFFFFFFFFFFFF01 | out of range",
                "{\"type\":\"string\",\"logicalType\":\"uuid\"} | 0261 | 36 characters",
            })
    void shouldRefuseWhenValueIsNotOfLogicalType(String type, String hex, String detail) {
        assertRefused(type, hex, Reason.CONVERSION_FAILED, detail);
    }

    private void assertRefused(String type, String hex, Reason reason, String detail) {
        // Given
        RecordCheck check = RecordCheck.of(recordOf(type), List.of());
        input.reset(HexFormat.of().parseHex(hex), 0);

        // When, Then
        assertThatThrownBy(() -> check.check(input, trail))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.detail()).contains(detail);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"long\" | FFFFFFFFFFFFFFFFFF01",
                "\"int\" | FFFFFFFF0F",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2,\"scale\":1} | 0263",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":19} | 107FFFFFFFFFFFFFFF",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2} | 140000000000000000000A",
                "{\"type\":\"array\",\"items\":\"int\"} | 010202020200",
            })
    void shouldAcceptWhenValueIsAtItsBounds(String type, String hex) {
        // Given
        RecordCheck check = RecordCheck.of(recordOf(type), List.of());
        input.reset(HexFormat.of().parseHex(hex), 0);

        // When
        check.check(input, trail);

        // Then
        assertThat(input.position()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // the element of an array within a map, cut short
        "020261028080, tags{}[].n",
        // a negative index of a union
        "0001, when",
        // a field of a nullable record: no such symbol
        "0000020A, session.kind",
        // bytes behind the record are of no field
        "000000FF,"
    })
    void shouldNameTheFieldWhenItsValueIsNone(String hex, @Nullable String field) {
        // Given
        Schema schema = new Schema.Parser().parse("""
                        {"type":"record","name":"R","fields":[
                          {"name":"tags","type":{"type":"map","values":{"type":"array","items":
                            {"type":"record","name":"Tag","fields":[{"name":"n","type":"int"},{"name":"m","type":"int"}]}}}},
                          {"name":"when","type":["null","int"]},
                          {"name":"session","type":["null",{"type":"record","name":"Session","fields":[
                            {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A"]}}]}]}]}""");
        input.reset(HexFormat.of().parseHex(hex), 0);

        // When, Then
        assertThatThrownBy(() -> RecordCheck.of(schema, List.of()).check(input, trail))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @Test
    void shouldRefuseWhenRecordsWithinThemselvesHaveNoEnd() {
        // Given
        Schema node = new Schema.Parser().parse("""
                        {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}""");
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 2);
        deep[deep.length - 1] = 0;
        input.reset(deep, 0);

        // When, Then
        assertThatThrownBy(() -> RecordCheck.of(node, List.of()).check(input, trail))
                .hasMessageContaining("more than 256 deep");
    }

    @Test
    void shouldMarkTheOutermostOnlyWhenRecordIsWithinItself() {
        // Given
        Schema node = new Schema.Parser().parse("""
                        {"type":"record","name":"Node","fields":[
                          {"name":"next","type":["null","Node"]},
                          {"name":"inner","type":["null",{"type":"record","name":"In","fields":[
                            {"name":"at","type":["null","int"]}]}]}]}""");
        RecordCheck check = RecordCheck.of(node, List.of("inner.at"));

        // When: a node without inner, which has a node within itself that has one
        input.reset(new byte[] {2, 0, 2, 2, 7, 0}, 0);
        check.check(input, trail);

        // Then
        assertThat(trail.marked(0)).isEqualTo(-1);

        // And when: the other way round
        input.reset(new byte[] {2, 0, 0, 2, 2, 7}, 0);
        check.check(input, trail);
        assertThat(trail.marked(0)).isEqualTo(5);
    }

    @Test
    void shouldTellTextFromOtherBytesAsJavaDoes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                // Given
                byte[] bytes = {'a', (byte) first, (byte) second, (byte) 0x80, (byte) 0x80, 'z'};

                // When
                boolean valid = Utf8.isValid(bytes, 0, bytes.length);

                // Then
                String text = new String(bytes, StandardCharsets.UTF_8);
                assertThat(valid).isEqualTo(Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static Schema recordOf(String type) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":" + type + "}]}");
    }
}
