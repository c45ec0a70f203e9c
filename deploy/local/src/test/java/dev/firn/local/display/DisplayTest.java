package dev.firn.local.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldPutNumbersUnderEachOtherWhenGridIsPrinted() {
        assertThat(new Grid("table", "rows")
                        .row("bronze.activity", "1,200")
                        .row("x", "7")
                        .lines())
                .containsExactly("table             rows", "bronze.activity  1,200", "x                    7");
    }

    @Test
    void shouldDrawInPlaceWhenOnTerminal() {
        // Given
        var display = new TerminalDisplay(out);
        display.now(List.of("one", "two"));

        // When
        display.now(List.of("three"));

        // Then
        assertThat(text()).isEqualTo("\r\u001b[Jone\ntwo\n\u001b[2A\r\u001b[Jthree\n");
    }

    @Test
    void shouldNotRepeatWaitingWhenItsTimeIsShort() {
        // Given
        var nanos = new AtomicLong();
        var display = new PlainDisplay(out, nanos::get);

        // When
        display.waiting("0 s");
        nanos.set(Duration.ofSeconds(5).toNanos());
        display.waiting("5 s");
        display.waiting("still 5 s");

        // Then
        assertThat(text()).isEqualTo("5 s\n");
    }

    @Test
    void shouldReadWellWhenAmountsAreLarge() {
        assertThat(Amounts.bytes(1_536)).isEqualTo("1.5 KiB");
        assertThat(Amounts.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Amounts.clock(Duration.ofSeconds(3_725))).isEqualTo("01:02:05");
        assertThat(Amounts.ratio(300, 100)).isEqualTo("3.0 : 1");
        assertThat(Amounts.ratio(0, 100)).isEqualTo("-");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
