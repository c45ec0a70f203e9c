package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.Test;

class MaintainSettingsTest {
    @Test
    void shouldBeWhatTheTableSaysThenTheConfigurationThenTheDefaults() {
        // Given
        MaintainSettings configured =
                MaintainSettings.DEFAULTS.with("firn.sink.maintain.", Map.of("snapshots", "50", "snapshot-age", "2h"));

        // When
        MaintainSettings settings = configured.of(Map.of("firn.maintain.snapshots", "7", "owner", "jane"));

        // Then
        assertThat(settings.snapshots()).isEqualTo(7);
        assertThat(settings.snapshotAge()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.snapshotsKept()).isEqualTo(MaintainSettings.DEFAULTS.snapshotsKept());
    }

    @Test
    void shouldHeedIcebergsOwnPropertiesUnlessOursSayOtherwise() {
        // Given
        Map<String, String> icebergs = Map.of(
                TableProperties.MAX_SNAPSHOT_AGE_MS,
                "60000",
                TableProperties.MIN_SNAPSHOTS_TO_KEEP,
                "3",
                TableProperties.GC_ENABLED,
                "false",
                "firn.maintain.snapshots-kept",
                "4");

        // When
        MaintainSettings settings = MaintainSettings.DEFAULTS.of(icebergs);

        // Then
        assertThat(settings.snapshotAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.snapshotsKept()).isEqualTo(4);
        assertThat(settings.expire()).isFalse();
    }

    @Test
    void shouldNameTheKeyWhenItIsUnknownOrCannotBeRead() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "snapshots",
                        "0",
                        "snapshot-age",
                        "soon",
                        "expire",
                        "perhaps",
                        "snapshot",
                        "1",
                        "delete-percent",
                        "500")
                .entrySet()) {
            assertThatThrownBy(() -> MaintainSettings.DEFAULTS.of(
                            Map.of(MaintainSettings.PREFIX + wrong.getKey(), wrong.getValue())))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("firn.maintain." + wrong.getKey());
        }
    }
}
