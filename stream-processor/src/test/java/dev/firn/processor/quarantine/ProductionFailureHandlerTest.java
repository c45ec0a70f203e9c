package dev.firn.processor.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.ops.Quarantine;
import dev.firn.processor.count.Tally;
import dev.firn.serde.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductionFailureHandlerTest {
    private static final ProducerRecord<byte[], byte[]> ROW = new ProducerRecord<>("silver.x", new byte[] {9});

    private final ProductionFailureHandler handler = new ProductionFailureHandler();

    /** Of a record that was being processed. */
    private record At(String topic) implements ErrorHandlerContext {
        @Override
        public int partition() {
            return 3;
        }

        @Override
        public long offset() {
            return 17;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "node";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 3);
        }

        @Override
        public long timestamp() {
            return 5;
        }

        @Override
        public byte[] sourceRawKey() {
            return "k".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] sourceRawValue() {
            return "v".getBytes(StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void configure() {
        Tally tally = new Tally(new SimpleMeterRegistry());
        Rejects rejects = new Rejects(new QuarantineWriter(1, Clock.systemUTC()), "silver.x", tally.of("raw.x"));
        handler.configure(Map.of(Failures.CONFIG, new Failures("quarantine", Map.of("raw.x", rejects), node -> false)));
    }

    @Test
    void shouldQuarantineTheSourceWhenTheRecordIsTooLarge() throws IOException {
        // When
        Response response = handler.handleError(new At("raw.x"), ROW, new RecordTooLargeException("secret"));

        // Then
        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("quarantine");
            Quarantine row = decode(record.value());
            assertThat(row.getReason()).isEqualTo("PRODUCTION_FAILED");
            assertThat(row.getDetail()).isEqualTo("RecordTooLargeException in node");
            assertThat(row.getTarget()).isEqualTo("silver.x");
            assertThat(row.getPartition()).isEqualTo(3);
            assertThat(row.getOffset()).isEqualTo(17);
            assertThat(row.getKey()).isEqualTo(ByteBuffer.wrap("k".getBytes(StandardCharsets.UTF_8)));
            assertThat(row.getValue()).isEqualTo(ByteBuffer.wrap("v".getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void shouldTryAgainWhenKafkaIsAway() {
        // When
        Response response = handler.handleError(new At("raw.x"), ROW, new TimeoutException("away"));

        // Then
        assertThat(response.result()).isEqualTo(Result.RETRY);
    }

    @Test
    void shouldFailWhenTheRecordIsNotAtFault() {
        // When
        Response refused = handler.handleError(new At("raw.x"), ROW, new TopicAuthorizationException("no"));
        Response ofNoSource = handler.handleError(new At("other"), ROW, new RecordTooLargeException("large"));

        // Then
        assertThat(refused.result()).isEqualTo(Result.FAIL);
        assertThat(ofNoSource.result()).isEqualTo(Result.FAIL);
    }

    private static Quarantine decode(byte[] value) throws IOException {
        return new SpecificDatumReader<>(Quarantine.class)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null));
    }
}
