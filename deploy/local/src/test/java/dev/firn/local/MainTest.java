package dev.firn.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldSayOneLineWhenOptionIsUnknown() {
        // When
        var exit = run("--colour");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .contains("--colour")
                .contains("--help");
    }

    @Test
    void shouldSayOneLineWhenCommandIsMissing() {
        // When
        var exit = run();

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString().lines()).singleElement().asString().contains("a command is missing");
    }

    private int run(String... args) {
        return Main.commandLine().setErr(new PrintWriter(errors, true)).execute(args);
    }
}
