package dev.firn.processor.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.RowText;
import dev.firn.processor.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station with two connectors; sessions are told by the minute that they began and ended in, and reported at their end. */
class StationWindowsTest {
    private static final long MINUTE = 60_000_000;
    private static final double GRACE = 5;
    private static final Charge.Place PLACE =
            new Charge.Place(new Utf8("S1"), new Utf8("Berlin Harbour"), new Utf8("Berlin"), new Utf8("DE"), 2);

    @TempDir
    private Path dir;

    private final List<String> told = new ArrayList<>();
    private KeyValueStore<byte[], byte[]> store;
    private StationWindows windows;

    @BeforeEach
    void open() {
        store = Stored.inMemory(dir, "windows");
        windows = new StationWindows(store);
    }

    private void charge(double from, double to, double kwh) {
        charge(from, to, kwh, to - GRACE);
    }

    private void charge(double from, double to, double kwh, double watermark) {
        long end = micros(to);
        windows.add(
                new Charge(Math.min(end, micros(from)), end, Math.round(kwh * 1_000_000), PLACE), micros(watermark));
        pass(watermark);
    }

    private void pass(double watermark) {
        windows.close(
                micros(watermark),
                (start, use) -> told.add(start / MINUTE + " "
                        + RowText.of(
                                use.row(start, start + StationWindows.LENGTH),
                                "sessions",
                                "energy_kwh",
                                "busy_share",
                                "average_kw")));
    }

    private static long micros(double minute) {
        return Math.round(minute * MINUTE);
    }

    private List<String> told() {
        List<String> since = List.copyOf(told);
        told.clear();
        return since;
    }

    @Test
    void shouldSpreadASessionOverTheWindowsThatItWasUnderWayIn() {
        // Given
        charge(10, 40, 20);

        // When
        pass(45);

        // Then
        assertThat(told()).containsExactly("0 1 3.333 0.1667 40.0", "15 1 10.0 0.5 40.0", "30 1 6.667 0.3333 40.0");
    }

    @Test
    void shouldAddSessionsUpWhenTheyOverlap() {
        // Given
        charge(0, 15, 10);
        charge(5, 15, 2.5);

        // When
        pass(15);

        // Then
        assertThat(told()).containsExactly("0 2 12.5 0.8333 30.0");
    }

    @Test
    void shouldWaitWhenTheWatermarkIsNotPastTheWindow() {
        // Given
        charge(0, 15, 10);

        // When
        pass(14.9);

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldTellAWindowAnewWhenALongerSessionEndsLater() {
        // Given
        charge(0, 15, 10);
        pass(15);
        List<String> first = told();

        // When
        charge(0, 30, 30);
        List<String> meanwhile = told();
        pass(30);

        // Then
        assertThat(first).containsExactly("0 1 10.0 0.5 40.0");
        assertThat(meanwhile).isEmpty();
        assertThat(told()).containsExactly("0 2 25.0 1.0 50.0", "15 1 15.0 0.5 60.0");
    }

    @Test
    void shouldTellAWindowOnceWhenNothingChanges() {
        // Given
        charge(0, 15, 10);
        pass(15);
        told();

        // When
        pass(60);

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldCountWhatIsWithinADayWhenASessionTookLonger() {
        // When
        charge(5 - 2 * 1440, 5, 48);
        pass(15);

        // Then
        List<String> all = told();
        assertThat(all).hasSize(97).last().isEqualTo("0 1 0.083 0.1667 1.0");
        assertThat(all).first().isEqualTo("-1440 1 0.25 0.5 1.0");
    }

    @Test
    void shouldForgetWindowsWhenTheyAreADayOld() {
        // Given
        charge(0, 15, 10);
        pass(15);

        // When
        pass(1455);

        // Then
        assertThat(Stored.content(store)).hasSize(1);
    }

    @Test
    void shouldCountASessionThatTookNoTimeWhereItEnded() {
        // Given
        charge(10, 3, 2);
        charge(15, 15, 1);

        // When
        pass(30);

        // Then
        assertThat(told()).containsExactly("0 1 2.0 0.0 null", "15 1 1.0 0.0 null");
    }

    @Test
    void shouldGoOnWhereItWasWhenItIsOpenedAgain() {
        // Given
        charge(0, 15, 10);
        pass(15);
        charge(5, 16, 0);
        told();

        // When
        windows = new StationWindows(store);
        pass(29);
        List<String> before = told();
        pass(30);

        // Then
        assertThat(before).isEmpty();
        assertThat(told()).containsExactly("0 2 10.0 0.8333 24.0", "15 1 0.0 0.0333 0.0");
    }
}
