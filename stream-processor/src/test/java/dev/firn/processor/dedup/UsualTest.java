package dev.firn.processor.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.FieldPath;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.contract.Severity;
import dev.firn.processor.Stored;
import dev.firn.processor.check.Probe;
import dev.firn.processor.check.Probed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsualTest {
    private static final long DAY = 86_400_000_000L;
    private static final double THRESHOLD = 6;
    private static final Probe PROBE = new Probe(
            new FieldRule(FieldPath.of("heat"), new Rule.Anomaly(THRESHOLD), Severity.ERROR, ""),
            false,
            row -> List.of());

    @TempDir
    private Path dir;

    private KeyValueStore<byte[], byte[]> store;
    private Usual usual;

    @BeforeEach
    void open() {
        store = Stored.inMemory(dir, "usual");
        usual = new Usual(store);
    }

    private void begin(String series, long day) {
        for (int i = 0; i < Norm.FIRST; i++) {
            usual.add(found(20 + i % 3), bytes(series), day * DAY);
        }
    }

    private boolean isAnomaly(double value, String series, long day) {
        return usual.isAnomaly(found(value), THRESHOLD, bytes(series), day * DAY);
    }

    private static Probed found(double value) {
        return new Probed(PROBE, List.of(value));
    }

    private static byte[] bytes(String series) {
        return series.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellSeriesApart() {
        // Given
        begin("a", 0);

        // When
        boolean inA = isAnomaly(90, "a", 1);
        boolean inB = isAnomaly(90, "b", 1);

        // Then
        assertThat(inA).isTrue();
        assertThat(inB).isFalse();
    }

    @Test
    void shouldBeginAnewWhenASeriesWasSilentForLong() {
        // Given
        begin("a", 0);

        // When
        boolean inTime = isAnomaly(90, "a", Usual.DAYS);
        boolean later = isAnomaly(90, "a", Usual.DAYS + 1);

        // Then
        assertThat(inTime).isTrue();
        assertThat(later).isFalse();
    }

    @Test
    void shouldForgetSilentSeriesWhenOthersGoOn() {
        // Given
        begin("silent", 0);
        begin("going on", 0);

        // When
        for (long day = 1; day < 2 * Usual.DAYS; day++) {
            usual.add(found(21), bytes("going on"), day * DAY);
        }

        // Then
        assertThat(Stored.content(store)).hasSize(1);
        assertThat(isAnomaly(90, "going on", 2 * Usual.DAYS)).isTrue();
    }

    @Test
    void shouldKnowTheSameWhenItIsOpenedAgain() {
        // Given
        begin("a", 5);

        // When
        usual = new Usual(store);

        // Then
        assertThat(isAnomaly(90, "a", 5)).isTrue();
        assertThat(isAnomaly(21, "a", 5)).isFalse();
    }
}
