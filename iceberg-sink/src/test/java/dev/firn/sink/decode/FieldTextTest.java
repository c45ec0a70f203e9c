package dev.firn.sink.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'string' | 04 61 62 | ab",
                "['null','string'] | 02 02 61 | a",
                "['null','string'] | 00 | ",
                "{'type':'enum','name':'E','symbols':['A','B']} | 02 | B",
                "'int' | 03 | -2",
                "'long' | 04 | 2",
                "'boolean' | 01 | true",
                "'bytes' | 02 61 | ",
                "['null','int','string'] | 04 02 61 | ",
            })
    void shouldReadAFieldWithinARecordAsText(String type, String hex, String text) {
        // Given
        Schema schema = schema(type);
        FieldText field = new FieldText(id -> schema, "in.f");

        // Then
        assertThat(field.of(record(hex)).orElse(null)).isEqualTo(text);
        assertThat(new FieldText(id -> schema, "in.other").of(record(hex))).isEmpty();
    }

    @Test
    void shouldThrowWhenTheRecordIsNone() {
        FieldText field = new FieldText(id -> schema("'string'"), "in.f");
        assertThatThrownBy(() -> field.of(record("04 61"))).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> field.of(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[] {9})))
                .isInstanceOf(UndecodableException.class);
    }

    private static Schema schema(String type) {
        return new Schema.Parser().parse("""
                        {'type':'record','name':'R','fields':[{'name':'in','type':
                          {'type':'record','name':'In','fields':[{'name':'f','type':%s}]}}]}""".formatted(type).replace('\'', '"'));
    }

    private static ConsumerRecord<byte[], byte[]> record(String hex) {
        String[] bytes = hex.strip().split(" ", -1);
        byte[] value = new byte[WireFormat.HEADER + bytes.length];
        WireFormat.writeHeader(value, 1);
        for (int i = 0; i < bytes.length; i++) {
            value[WireFormat.HEADER + i] = (byte) Integer.parseInt(bytes[i], 16);
        }
        return new ConsumerRecord<>("t", 0, 0, new byte[0], value);
    }
}
