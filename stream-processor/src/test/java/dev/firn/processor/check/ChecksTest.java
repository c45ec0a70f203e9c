package dev.firn.processor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldRule;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
    private static List<FieldRule> failures(String type, String rule, @Nullable Object value) {
        Schema schema = schema(type, rule);
        GenericRecord record = new GenericData.Record(schema);
        record.put("f", value);
        return Checks.of(Contract.of(schema).rules(), schema).failures(record);
    }

    private static Schema schema(String type, String rule) {
        return new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[{'name':'f','type':" + type + ",'firn.rules':['" + rule
                                + "']}]}")
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not-blank           | a           | true",
                "not-blank           | ' '         | false",
                "not-blank           | ''          | false",
                "not-blank           | '\t \n'     | false",
                "not-blank           | '\u2003'    | false",
                "not-blank           | ü           | true",
                "email               | a@b.co      | true",
                "email               | a.b+c@d.e.f | true",
                "email               | a@b         | false",
                "email               | @b.co       | false",
                "email               | a@@b.co     | false",
                "email               | a b@c.de    | false",
                "email               | a@b..co     | false",
                "one-of(A, B)        | B           | true",
                "one-of(A, B)        | b           | false",
                "matches(^[A-Z]{2}$) | DE          | true",
                "matches(^[A-Z]{2}$) | DEU         | false",
                "length(2, 3)        | a           | false",
                "length(2, 3)        | ab          | true",
                "length(2, 3)        | abc         | true",
                "length(2, 3)        | abcd        | false",
                "length(2, 3)        | 😀😀😀       | true"
            })
    void shouldDecideTexts(String rule, String value, boolean passes) {
        // When
        List<FieldRule> failures = failures("'string'", rule, new Utf8(value));

        // Then
        assertThat(failures.isEmpty()).isEqualTo(passes);
        assertThat(failures("'string'", rule, value).isEmpty()).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"-0.51,false", "-0.5,true", "100.5,true", "100.51,false"})
    void shouldIncludeBothEndsOfARange(BigDecimal value, boolean passes) {
        // Given
        String rule = "range(-0.5, 100.5)";
        String decimal = "{'type':'bytes','logicalType':'decimal','precision':12,'scale':2}";

        // When, Then
        assertThat(failures(decimal, rule, Decimals.bytes(value, 2)).isEmpty()).isEqualTo(passes);
        assertThat(failures("'double'", rule, value.doubleValue()).isEmpty()).isEqualTo(passes);
        assertThat(failures("'int'", "range(0, 100)", value.intValue()).isEmpty())
                .isTrue();
    }

    @Test
    void shouldRoundARangeInwardsForWholeNumbers() {
        // When, Then
        assertThat(failures("'long'", "range(0.5, 2.5)", 0L)).hasSize(1);
        assertThat(failures("'long'", "range(0.5, 2.5)", 1L)).isEmpty();
        assertThat(failures("'long'", "range(0.5, 2.5)", 3L)).hasSize(1);
        assertThat(failures("'double'", "range(0, 1)", Double.NaN)).hasSize(1);
    }

    @Test
    void shouldPassNullAndLookAtEveryElement() {
        // Given
        Schema schema = new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[{'name':'m','type':{'type':'map','values':"
                                + "{'type':'array','items':{'type':'record','name':'E','fields':[{'name':'n',"
                                + "'type':['null','int'],'firn.rules':['range(0, 9)']}]}}}}]}")
                        .replace('\'', '"'));
        Schema element = schema.getField("m").schema().getValueType().getElementType();
        GenericRecord record = new GenericData.Record(schema);
        record.put("m", Map.of("a", Arrays.asList(element(element, 1), element(element, null), element(element, 10))));

        // When
        List<FieldRule> failures =
                Checks.of(Contract.of(schema).rules(), schema).failures(record);

        // Then
        assertThat(failures("['null','string']", "not-blank", null)).isEmpty();
        assertThat(failures)
                .singleElement()
                .satisfies(rule -> assertThat(rule.path()).hasToString("m{}[].n"));
    }

    private static GenericRecord element(Schema schema, @Nullable Integer n) {
        GenericRecord element = new GenericData.Record(schema);
        element.put("n", n);
        return element;
    }
}
