package dev.firn.processor.flatten;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.FieldPath;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    private static String json(String type, @Nullable Object value) {
        Schema schema = new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[{'name':'f','type':" + type + "}]}").replace('\'', '"'));
        GenericRecord record = new GenericData.Record(schema);
        record.put("f", value);
        String text = JsonDocument.of(schema, Set.of()).write(record).toString();
        assertThat(text).startsWith("{\"f\":").endsWith("}");
        return text.substring(5, text.length() - 1);
    }

    private static String logical(String type, String name) {
        return "{'type':'" + type + "','logicalType':'" + name + "'}";
    }

    @Test
    void shouldWriteEveryTypeSoThatNothingIsLost() {
        // When, Then
        assertThat(json("'string'", new Utf8("a\"b\\c\u0001é😀"))).isEqualTo("\"a\\\"b\\\\c\\u0001é😀\"");
        assertThat(json("'string'", "é")).isEqualTo("\"é\"");
        assertThat(json("'boolean'", true)).isEqualTo("true");
        assertThat(json("'long'", Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(json("'double'", 1.5)).isEqualTo("1.5");
        assertThat(json("'double'", Double.NaN)).isEqualTo("null");
        assertThat(json("'float'", Float.POSITIVE_INFINITY)).isEqualTo("null");
        assertThat(json("'bytes'", ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo("\"AQID\"");
        assertThat(json(
                        "{'type':'bytes','logicalType':'decimal','precision':12,'scale':8}",
                        Decimals.bytes(new BigDecimal("0.00000010"), 8)))
                .isEqualTo("0.00000010");
        assertThat(json(logical("int", "date"), 20_454)).isEqualTo("\"2026-01-01\"");
        assertThat(json(logical("long", "timestamp-micros"), 1_767_225_600_000_001L))
                .isEqualTo("\"2026-01-01T00:00:00.000001Z\"");
        assertThat(json(logical("long", "timestamp-micros"), -1L)).isEqualTo("\"1969-12-31T23:59:59.999999Z\"");
        assertThat(json(logical("long", "timestamp-millis"), 1L)).isEqualTo("\"1970-01-01T00:00:00.001000Z\"");
        assertThat(json(logical("long", "local-timestamp-micros"), 0L)).isEqualTo("\"1970-01-01T00:00:00.000000\"");
        assertThat(json(logical("long", "time-micros"), 3_661_000_001L)).isEqualTo("\"01:01:01.000001\"");
        assertThat(json("{'type':'array','items':'int'}", List.of())).isEqualTo("[]");
        assertThat(json("{'type':'array','items':['null','int']}", Arrays.asList(1, null)))
                .isEqualTo("[1,null]");
        assertThat(json("{'type':'map','values':'int'}", Map.of(new Utf8("a"), 1)))
                .isEqualTo("{\"a\":1}");
        assertThat(json("{'type':'map','values':'int'}", Map.of())).isEqualTo("{}");
        assertThat(json("['null','string']", null)).isEqualTo("null");
        assertThat(json("['null','string','long']", 7L)).isEqualTo("7");
        assertThat(json("{'type':'enum','name':'E','symbols':['A']}", new Utf8("A")))
                .isEqualTo("\"A\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-12-31", "0000-01-01", "0009-10-11", "9999-12-31", "+10000-01-01"})
    void shouldWriteTheYearAsIso8601HasItWhenItIsFarOff(String day) {
        // Given
        long micros = TimeUnit.DAYS.toMicros(LocalDate.parse(day).toEpochDay());

        // When
        String text = json(logical("long", "timestamp-micros"), micros);

        // Then
        assertThat(text).isEqualTo('"' + day + "T00:00:00.000000Z\"");
    }

    @Test
    void shouldEndWhenARecordHoldsItself() {
        // Given
        Schema schema = new Schema.Parser()
                .parse("{'type':'record','name':'Node','fields':[{'name':'next','type':['null','Node']}]}"
                        .replace('\'', '"'));
        GenericRecord inner = new GenericData.Record(schema);
        GenericRecord outer = new GenericData.Record(schema);
        outer.put("next", inner);

        // When
        String text = JsonDocument.of(schema, Set.of()).write(outer).toString();

        // Then
        assertThat(text).isEqualTo("{\"next\":{\"next\":null}}");
    }

    @Test
    void shouldLeaveOutWhatIsDropped() {
        // Given
        Schema schema = new Schema.Parser()
                .parse("{'type':'record','name':'R','fields':[{'name':'a','type':'int'},{'name':'b','type':'int'}]}"
                        .replace('\'', '"'));
        GenericRecord record = new GenericData.Record(schema);
        record.put("a", 1);
        record.put("b", 2);

        // When
        String text =
                JsonDocument.of(schema, Set.of(FieldPath.of("a"))).write(record).toString();

        // Then
        assertThat(text).isEqualTo("{\"b\":2}");
    }
}
