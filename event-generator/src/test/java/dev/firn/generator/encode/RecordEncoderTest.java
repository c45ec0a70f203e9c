package dev.firn.generator.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.generator.disturb.Shares;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Sequence;
import dev.firn.generator.sequence.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
    @Test
    void shouldWriteWhatAvrosOwnWriterWritesWhenIntact() throws IOException {
        // Given
        Shares shares = new Shares(0.1, 0.1, 0.1, 0.1, 0);
        Sequence sequence = new Sequence(
                new Knobs(3, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofSeconds(7), 50, 30, 1, shares));
        RecordEncoder encoder = new RecordEncoder(topic -> 77);
        Map<Topic, Integer> compared = new EnumMap<>(Topic.class);

        // When
        for (int i = 0; i < 20_000; i++) {
            Event event = sequence.next();

            // Then
            assertThat(encoder.encode(event)).isEqualTo(byAvro(event));
            compared.merge(event.topic(), 1, Integer::sum);
        }
        assertThat(compared).containsOnlyKeys(Topic.values());
    }

    private static byte[] byAvro(Event event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).putInt(1, 77).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        SpecificData data = new SpecificData();
        SpecificData.getForClass(event.topic().type()).getConversions().forEach(data::addLogicalTypeConversion);
        data.setCustomCoders(false);
        new SpecificDatumWriter<SpecificRecord>(event.topic().schema(), data).write(event.record(), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
