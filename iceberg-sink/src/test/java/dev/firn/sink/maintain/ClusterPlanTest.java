package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.commit.FaultyCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are described, and not there. */
class ClusterPlanTest {
    private static final long MB = 1 << 20;
    private static final Duration SETTLED = Duration.ofHours(2);
    private static final Duration OVER = Duration.ofDays(2);
    private static final MaintainSettings SETTINGS =
            MaintainSettings.DEFAULTS.with("", Map.of("min-files", "10", "settle", "1h"));
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "place", Types.StringType.get()),
            Types.NestedField.optional(2, "at", Types.TimestampType.withZone()),
            Types.NestedField.optional(3, "tags", Types.ListType.ofOptional(4, Types.StringType.get())));

    private final Table table = FaultyCatalog.fresh()
            .createTable(
                    TableIdentifier.of("bronze", "events"),
                    SCHEMA,
                    PartitionSpec.unpartitioned(),
                    Map.of(
                            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                            Long.toString(100 * MB),
                            ClusterBy.PROPERTY,
                            "zorder(place, at)"));

    @Test
    void shouldTakeWhatIsInNoRunOnceEnoughHasComeOrNothingMoreDoes() {
        // Given
        append(9, MB);

        // Then
        assertThat(planned(Duration.ZERO)).isEmpty();
        assertThat(planned(SETTLED)).containsExactly(9);
        append(1, 300 * MB);
        assertThat(planned(Duration.ZERO)).containsExactly(10);
    }

    @Test
    void shouldRestWhenAPartitionIsOneRun() {
        // Given
        append(20, 50 * MB);

        // When
        cluster(OVER);

        // Then
        assertThat(planned(OVER)).isEmpty();
    }

    @Test
    void shouldLeaveRunsThatAreLargerThanTheRestUntilNothingMoreIsExpected() {
        // Given
        append(6, 100 * MB);
        cluster(SETTLED);
        append(2, MB);

        // When
        assertThat(planned(SETTLED)).containsExactly(2);
        cluster(SETTLED);

        // Then
        assertThat(planned(SETTLED)).isEmpty();
        assertThat(planned(OVER)).hasSize(1);
        cluster(OVER);
        assertThat(planned(OVER)).isEmpty();
    }

    @Test
    void shouldComeToRestHoweverMuchThereIs() {
        // Given
        for (int i = 0; i < 60; i++) {
            append(1, (1L + i % 7) * 40 * MB);
        }

        // When
        int rounds = 0;
        while (!planned(OVER).isEmpty() && rounds < 10) {
            cluster(OVER);
            rounds++;
        }

        // Then
        assertThat(planned(OVER)).isEmpty();
        assertThat(rounds).isLessThan(4);
    }

    @Test
    void shouldTakeAllAgainWhenTheOrderIsAnotherOne() {
        // Given
        append(3, 50 * MB);
        cluster(OVER);

        // When
        table.updateProperties().set(ClusterBy.PROPERTY, "at, place").commit();

        // Then
        assertThat(planned(OVER)).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"place, gone", "zorder(place, tags)", "place, place", "zorder()", "tags.element", ","})
    void shouldNameThePropertyWhenRowsCannotBeOrderedSo(String text) {
        // When
        table.updateProperties().set(ClusterBy.PROPERTY, text).commit();

        // Then
        assertThatThrownBy(() -> ClusterBy.of(table))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(ClusterBy.PROPERTY);
    }

    private List<Integer> planned(Duration later) {
        return groups(later).stream().map(group -> group.tasks().size()).toList();
    }

    private List<FileGroup> groups(Duration later) {
        table.refresh();
        return ClusterPlan.of(
                table,
                Objects.requireNonNull(table.currentSnapshot()),
                SETTINGS,
                ClusterBy.of(table).orElseThrow(),
                Instant.now().plus(later),
                false);
    }

    /** As if it were done. */
    private void cluster(Duration later) {
        for (FileGroup group : groups(later)) {
            RewriteFiles rewrite = table.newRewrite();
            group.files().forEach(rewrite::deleteFile);
            String suffix = group.suffix();
            for (long left = group.bytes(); left > 0; left -= 100 * MB) {
                rewrite.addFile(file(Math.min(left, 100 * MB), Optional.of(suffix)));
            }
            rewrite.commit();
        }
    }

    private void append(int files, long bytes) {
        AppendFiles append = table.newFastAppend();
        for (int i = 0; i < files; i++) {
            append.appendFile(file(bytes, Optional.empty()));
        }
        append.commit();
    }

    private DataFile file(long bytes, Optional<String> suffix) {
        return DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + UUID.randomUUID()
                        + suffix.map(it -> "-" + it).orElse("") + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(bytes)
                .withRecordCount(bytes / MB)
                .build();
    }
}
