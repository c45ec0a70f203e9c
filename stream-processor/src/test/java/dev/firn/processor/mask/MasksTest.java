package dev.firn.processor.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MasksTest {
    private static final PiiKey KEY = new PiiKey("secret");

    private static @Nullable Object masked(String type, String how, Object value) {
        Schema schema = new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[{'name':'f','type':" + type + ",'firn.pii':'" + how
                                + "'}]}")
                        .replace('\'', '"'));
        GenericRecord record = new GenericData.Record(schema);
        record.put("f", value);
        Masks.of(Contract.of(schema).pii(), schema, KEY).apply(record);
        return record.get("f");
    }

    @Test
    void shouldKeepTheShapeWhenMasked() {
        // When, Then
        assertThat(masked("'string'", "mask", new Utf8("+49 (30) Ünter-9"))).hasToString("+** (**) *****-*");
        assertThat(masked("'string'", "mask", new Utf8("192.168.1.17"))).hasToString("***.***.*.**");
    }

    @Test
    void shouldBeTheHmacWhenHashed() throws Exception {
        // Given
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal("ada@exämple.com".getBytes(StandardCharsets.UTF_8)));

        // When, Then
        assertThat(masked("'string'", "hash", new Utf8("ada@exämple.com"))).hasToString(expected);
        assertThat(masked("'string'", "hash", "ada@exämple.com")).hasToString(expected);
    }

    @Test
    void shouldLeaveNothingWhenDropped() {
        // When, Then
        assertThat(masked("'string'", "drop", new Utf8("x"))).hasToString("");
        assertThat(masked("['null','string']", "drop", new Utf8("x"))).isNull();
        assertThat(masked("['null','long']", "drop", 7L)).isNull();
        assertThat(masked("'string'", "keep", new Utf8("x"))).hasToString("x");
    }

    @Test
    void shouldReachEveryElement() {
        // Given
        Schema schema = new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[{'name':'l','type':{'type':'array','items':"
                                + "{'type':'record','name':'E','fields':[{'name':'s','type':'string','firn.pii':'mask'}]}}}]}")
                        .replace('\'', '"'));
        GenericRecord element =
                new GenericData.Record(schema.getField("l").schema().getElementType());
        element.put("s", new Utf8("ab"));
        GenericRecord record = new GenericData.Record(schema);
        record.put("l", Arrays.asList(element));

        // When
        Masks.of(Contract.of(schema).pii(), schema, KEY).apply(record);

        // Then
        assertThat(((GenericRecord) ((List<?>) record.get("l")).get(0)).get("s"))
                .hasToString("**");
    }

    @Test
    void shouldRefuseWhatCanNotBeDone() {
        // When, Then
        assertThatThrownBy(() -> masked("'long'", "hash", 7L))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("field f");
        assertThat(KEY).hasToString("PiiKey[***]");
    }
}
