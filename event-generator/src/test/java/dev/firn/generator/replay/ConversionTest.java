package dev.firn.generator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contracts;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    @ParameterizedTest(name = "{1} as {0}")
    @CsvSource(delimiter = '|', textBlock = """
            'int'                                                    | -12                        | -12
            'int'                                                    | 5.0                        | 5
            'long'                                                   | 9223372036854775807        | 9223372036854775807
            'double'                                                 | 1e-3                       | 0.001
            'boolean'                                                | TRUE                       | true
            'boolean'                                                | 0                          | false
            'string'                                                 | 007                        | 007
            {"type":"enum","name":"E","symbols":["A","B"]}           | B                          | B
            {"type":"int","logicalType":"date"}                      | 1970-01-11                 | 10
            {"type":"long","logicalType":"timestamp-micros"}         | 1970-01-01T00:00:01.000002Z| 1000002
            {"type":"long","logicalType":"timestamp-micros"}         | 1970-01-01 01:00:00+01:00  | 0
            {"type":"long","logicalType":"timestamp-millis"}         | 1969-12-31T23:59:59.999    | -1
            {"type":"long","logicalType":"timestamp-micros"}         | 1970-01-02                 | 86400000000
            {"type":"long","logicalType":"timestamp-micros"}         | 1767528000000000           | 1767528000000000
            {"type":"int","logicalType":"time-millis"}               | 00:00:01.5                 | 1500
            """)
    void shouldReadTextWhenItFitsTheType(String type, String text, String expected) {
        // When
        GenericRecord record = converted(type, text);

        // Then
        assertThat(record.get("f")).hasToString(expected);
    }

    @ParameterizedTest(name = "{1} as {0}")
    @CsvSource(delimiter = '|', textBlock = """
            'int'                                                    | 2147483648                 | no whole number that fits
            'int'                                                    | 1.5                        | no whole number that fits
            'long'                                                   | twelve                     | no number
            'long'                                                   | 1e999999999                | a number of more than 1000 digits
            'boolean'                                                | yes                        | neither true nor false
            {"type":"enum","name":"E","symbols":["A","B"]}           | C                          | none of [A, B]
            {"type":"int","logicalType":"date"}                      | 01/02/2026                 | no date as in ISO 8601
            {"type":"int","logicalType":"date"}                      | 2026-01-01T12:00:00Z       | too fine or too far away for date
            {"type":"long","logicalType":"timestamp-millis"}         | 2026-01-01T00:00:00.0001Z  | too fine or too far away for timestamp-millis
            {"type":"bytes","logicalType":"decimal","precision":4,"scale":2} | 1.005              | more than 2 digits behind the point
            {"type":"bytes","logicalType":"decimal","precision":4,"scale":2} | 100                | more than 4 digits
            {"type":"array","items":"int"}                           | [1, "x"]                   | [1]: no number
            'bytes'                                                  | *                          | no bytes in Base64
            """)
    void shouldSayWhatIsWrongAndNeverTheValueWhenTextDoesNotFit(String type, String text, String problem) {
        assertThatThrownBy(() -> converted(type, text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(problem.startsWith("[") ? "f" + problem : "f: " + problem);
    }

    @Test
    void shouldKeepEveryDigitWhenTypeIsDecimal() {
        // Given
        String bytes = "{'type':'bytes','logicalType':'decimal','precision':12,'scale':2}".replace('\'', '"');
        String fixed = "{'type':'fixed','name':'F','size':6,'logicalType':'decimal','precision':12,'scale':2}"
                .replace('\'', '"');

        // When
        Object ofText = converted(bytes, "-1379.8").get("f");
        Object ofNumber = converted(fixed, new BigDecimal("-0.01")).get("f");

        // Then
        assertThat(ofText)
                .isEqualTo(ByteBuffer.wrap(
                        BigDecimal.valueOf(-137_980).unscaledValue().toByteArray()));
        assertThat(((GenericData.Fixed) ofNumber).bytes()).containsExactly(-1, -1, -1, -1, -1, -1);
    }

    @Test
    void shouldReadTimesByTheirOwnTypesWhenFileHasSuch() {
        // Given
        String micros = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
        String date = "{\"type\":\"int\",\"logicalType\":\"date\"}";
        String time = "{\"type\":\"long\",\"logicalType\":\"time-micros\"}";

        // When / Then
        assertThat(converted(micros, Instant.ofEpochMilli(-5)).get("f")).isEqualTo(-5_000L);
        assertThat(converted(micros, LocalDateTime.of(1970, 1, 1, 0, 0, 1)).get("f"))
                .isEqualTo(1_000_000L);
        assertThat(converted(micros, LocalDate.EPOCH.plusDays(1)).get("f")).isEqualTo(86_400_000_000L);
        assertThat(converted(date, LocalDate.EPOCH.minusDays(1)).get("f")).isEqualTo(-1);
        assertThat(converted(time, LocalTime.of(0, 0, 2)).get("f")).isEqualTo(2_000_000L);
    }

    @Test
    void shouldNestColumnsWithDotsWhenSchemaHasRecords() {
        // Given
        Conversion conversion = new Conversion(Contracts.schema("raw.products"), false);
        Map<String, Object> row = product();
        row.put("vehicle.model", "Aster");
        row.put("vehicle.battery_capacity_kwh", "52.5");
        row.put("vehicle.range_km", "410");
        row.put("vehicle.drivetrain", "fwd");

        // When
        GenericRecord vehicle = (GenericRecord) conversion.record(row).get("vehicle");
        Object nothing = conversion.record(product()).get("vehicle");

        // Then
        assertThat(vehicle.get("range_km")).isEqualTo(410);
        assertThat(nothing).isNull();
    }

    @Test
    void shouldNameThePathWhenNestedValueIsMissingOrUnknown() {
        // Given
        Conversion conversion = new Conversion(Contracts.schema("raw.products"), false);
        Map<String, Object> missing = product();
        missing.put("vehicle.model", "Aster");
        Map<String, Object> unknown = product();
        unknown.put("list_prize", "1");

        // When / Then
        assertThatThrownBy(() -> conversion.record(missing))
                .hasMessage("vehicle.battery_capacity_kwh: has no value, and no default");
        assertThatThrownBy(() -> conversion.record(unknown))
                .hasMessage("list_prize: no field of Product; did you mean 'list_price'?");
        assertThatThrownBy(() -> conversion.check(List.of("name", "vehicle.modell")))
                .hasMessageStartingWith("vehicle.modell: no field of VehicleSpec");
        assertThat(new Conversion(Contracts.schema("raw.products"), true)
                        .record(unknown)
                        .get("name"))
                .isEqualTo("Box");
    }

    @Test
    void shouldReadListsAndMapsWhenWrittenAsJsonOrByDots() {
        // Given
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "R", "fields": [
                  {"name": "tags", "type": {"type": "array", "items": "string"}},
                  {"name": "of", "type": {"type": "map", "values": "int"}},
                  {"name": "kind", "type": "string", "default": "none"}]}""");

        // When
        GenericRecord record = new Conversion(schema, false).record(Map.of("tags", "[\"a\", \"b\"]", "of.one", "1"));

        // Then
        assertThat(record).hasToString("{\"tags\": [\"a\", \"b\"], \"of\": {\"one\": 1}, \"kind\": \"none\"}");
    }

    private static Map<String, Object> product() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("product_id", "P-1");
        row.put("name", "Box");
        row.put("family", "charging");
        row.put("family_name", "Charging");
        row.put("kind", "accessory");
        row.put("list_price", "1.50");
        row.put("currency", "USD");
        row.put("updated_at", "2026-01-01T00:00:00Z");
        return row;
    }

    private static GenericRecord converted(String type, Object value) {
        String quoted = type.startsWith("{") ? type : '"' + type + '"';
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":" + quoted + "}]}");
        return new Conversion(schema, false).record(Map.of("f", value));
    }
}
