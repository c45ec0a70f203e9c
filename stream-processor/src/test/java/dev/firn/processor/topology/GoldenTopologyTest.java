package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTopologyTest {
    /** Names of operators, stores and topics are what state is found by after an upgrade: change them with care. */
    @Test
    void shouldBeAsDescribedWhenBuilt(@TempDir Path dir) {
        try (Fixture firn = new Fixture(dir)) {
            // When
            String description = ProcessorTopology.of(firn.wiring).describe().toString();

            // Then
            assertThat(description).isEqualToNormalizingNewlines(golden());
        }
    }

    @Test
    void shouldNameEveryTopicAndStoreWhenDrawn(@TempDir Path dir) {
        try (Fixture firn = new Fixture(dir)) {
            // Given
            TopologyDescription description = ProcessorTopology.of(firn.wiring).describe();

            // When
            String svg = Picture.of(description);

            // Then
            assertThat(svg)
                    .startsWith("<svg")
                    .endsWith("</svg>\n")
                    .contains(Topics.RAW)
                    .contains(Topics.REGISTERED);
            assertThat(svg).contains("activity-recent", "web-sessions-open, web-sessions-timers", "fx-rates");
        }
    }

    private static String golden() {
        try (InputStream file = GoldenTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
