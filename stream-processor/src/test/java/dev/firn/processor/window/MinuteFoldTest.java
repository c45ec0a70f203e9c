package dev.firn.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.OneProcessor;
import dev.firn.processor.Wire;
import dev.firn.processor.count.Tally;
import dev.firn.processor.pack.Packer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinuteFoldTest {
    private static final long MINUTE = MinuteFacts.PANES.pane();
    private static final Dimensions DE = new Dimensions(new Utf8("search"), new Utf8("DE"), new Utf8("mobile"));
    private static final Dimensions FR = new Dimensions(new Utf8("search"), new Utf8("FR"), new Utf8("mobile"));

    @TempDir
    private Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private OneProcessor fold;

    @BeforeEach
    void start() {
        WindowFoldProcessor.Config config =
                new WindowFoldProcessor.Config("facts", "marks", 3, WindowKind.minutes(1), new Tally(meters).of("t"));
        fold = new OneProcessor(dir, () -> new WindowFoldProcessor(config), "sink", List.of("facts", "marks"));
    }

    @AfterEach
    void stop() {
        fold.close();
    }

    private void facts(int partition, long minute, Dimensions dimensions, long number, long... dwells) {
        Packer packer = new Packer();
        LongStream.of(dwells).forEach(dwell -> FactChunk.add(dwell, new Utf8("s" + partition), packer));
        PaneFacts messages = new PaneFacts(
                (group, facts) -> send(new PaneMessage.Chunk(partition, minute, group, number, Bytes.wrap(facts))));
        messages.add(dimensions.pack(new Packer()).get(), packer.toBytes());
        messages.finish();
    }

    private void watermark(int partition, long time) {
        send(new PaneMessage.Watermark(partition, time));
    }

    private void idle(int partition) {
        send(new PaneMessage.Idle(partition));
    }

    private void send(PaneMessage message) {
        fold.send(null, message.pack());
    }

    private List<String> rows() {
        return fold.rows(MinuteRows.SCHEMA).stream()
                .map(row -> (Long) row.get("window_start") / MINUTE + " " + row.get("country") + " " + row.get("events")
                        + " " + row.get("sessions") + " " + row.get("dwell_p50_ms") + " " + row.get("dwell_p95_ms")
                        + " " + row.get("dwell_p99_ms"))
                .toList();
    }

    @Test
    void shouldWaitForEveryPartitionWhenOneLags() {
        // Given
        facts(0, 0, DE, 0, 10, 30);
        facts(1, 0, DE, 0, 20);
        facts(1, 0, FR, 0, 7);
        facts(0, MINUTE, DE, 0, 99);
        watermark(0, 5 * MINUTE);
        watermark(1, 5 * MINUTE);

        // When
        List<String> before = rows();
        facts(2, 0, DE, 0, 40);
        watermark(2, MINUTE);
        List<String> after = rows();

        // Then
        assertThat(before).isEmpty();
        assertThat(after).containsExactlyInAnyOrder("0 DE 4 3 20 40 40", "0 FR 1 1 7 7 7");
    }

    @Test
    void shouldNotWaitForIdlePartitionsButForThoseThatCameBack() {
        // Given
        facts(0, 0, DE, 0, 1);
        facts(0, MINUTE, DE, 0, 2);
        watermark(0, MINUTE);
        idle(1);

        // When
        List<String> before = rows();
        idle(2);
        List<String> silent = rows();
        watermark(0, 2 * MINUTE);
        List<String> whileIdle = rows();
        watermark(1, 0);
        facts(0, 2 * MINUTE, DE, 0, 3);
        watermark(0, 3 * MINUTE);
        List<String> whileBack = rows();
        facts(1, 0, DE, 0, 5);
        watermark(1, 3 * MINUTE);

        // Then
        assertThat(before).isEmpty();
        assertThat(silent).isEmpty();
        assertThat(whileIdle).containsExactly("0 DE 1 1 1 1 1", "1 DE 1 1 2 2 2");
        assertThat(whileBack).isEmpty();
        assertThat(rows()).containsExactly("2 DE 1 1 3 3 3");
        assertThat(meters.counter("firn.processor.missed.window", "topic", "t").count())
                .isEqualTo(1);
    }

    @Test
    void shouldMoveNothingWhenAllAreIdle() {
        // Given
        facts(0, 0, DE, 0, 1);
        watermark(0, 0);

        // When
        idle(0);
        idle(1);
        idle(2);

        // Then
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldForgetAWindowWhoseFoldingFailed() {
        // Given
        Packer packer = new Packer();
        FactChunk.add(7, new Utf8("s"), packer);
        MinuteRows folded = new MinuteRows(1);
        List<GenericRecord> out = new ArrayList<>();
        WindowRows.Out sent = (key, row) -> out.add(Wire.decode(MinuteRows.SCHEMA, row));
        folded.add(MINUTE, DE.pack(new Packer()).get(), packer.toBytes(), sent);

        // When
        folded.begin();
        folded.add(MINUTE, FR.pack(new Packer()).get(), packer.toBytes(), sent);
        folded.finish(MINUTE, sent);

        // Then
        assertThat(out)
                .extracting(row -> row.get("country") + " " + row.get("events"))
                .containsExactly("FR 1");
    }

    @Test
    void shouldTakeNearestRankOverAllChunks() {
        // Given
        facts(0, 0, DE, 0, LongStream.rangeClosed(1, 60).toArray());
        facts(0, 0, DE, 1, LongStream.rangeClosed(61, 100).toArray());

        // When
        watermark(0, MINUTE);
        watermark(1, MINUTE);
        watermark(2, MINUTE);

        // Then
        assertThat(rows()).containsExactly("0 DE 100 1 50 95 99");
    }
}
