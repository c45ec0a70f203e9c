package dev.firn.sink.management.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the page says about states and decisions, against those that there are. */
class ExplainedTest {
    private final String explained = script("explain.js");

    @Test
    void shouldExplainEachStateWhenATableCanStopInIt() throws ClassNotFoundException {
        // Given
        Object[] blocks =
                Class.forName("dev.firn.sink.consume.SourceState$Block").getEnumConstants();

        // When
        String states = script("state.js");

        // Then
        assertThat(Objects.requireNonNull(blocks)).isNotEmpty().allSatisfy(block -> {
            assertThat(explained).contains("  " + block + ": [");
            assertThat(states).contains("'" + block + "'");
        });
    }

    @Test
    void shouldOfferEachDecisionWhenThereIsOne() {
        assertThat(Arrays.stream(Decision.Kind.values()).map(Decision.Kind::text))
                .allSatisfy(kind -> assertThat(explained.split("'" + kind + "'", -1))
                        .as("explained, and offered for a state: %s", kind)
                        .hasSizeGreaterThanOrEqualTo(3));
    }

    private static String script(String name) {
        try (InputStream script = ExplainedTest.class.getResourceAsStream("/dashboard/" + name)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
