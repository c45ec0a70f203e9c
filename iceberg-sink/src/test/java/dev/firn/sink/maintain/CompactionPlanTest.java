package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.table.UpsertKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Files that are described, and not there. */
class CompactionPlanTest {
    private static final long MB = 1 << 20;
    private static final MaintainSettings SETTINGS =
            MaintainSettings.DEFAULTS.with("", Map.of("min-files", "10", "keyed-min-files", "4", "settle", "1h"));
    private static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "place", Types.StringType.get()));

    private final Table table = FaultyCatalog.fresh()
            .createTable(
                    TableIdentifier.of("bronze", "events"),
                    SCHEMA,
                    PartitionSpec.builderFor(SCHEMA).identity("place").build(),
                    Map.of(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Long.toString(100 * MB)));

    @Test
    void shouldWaitUntilEnoughHaveComeTogether() {
        // Given
        append("north", 9, 1);

        // Then
        assertThat(planned(Instant.now(), false)).isEmpty();
        append("north", 1, 1);
        assertThat(planned(Instant.now(), false)).containsExactly("north 10");
    }

    @Test
    void shouldNeedFewerWhenTheTableHasAKey() {
        // Given
        new UpsertKey(List.of("place"))
                .properties()
                .forEach(
                        (key, value) -> table.updateProperties().set(key, value).commit());
        append("north", 3, 1);

        // Then
        assertThat(planned(Instant.now(), false)).isEmpty();
        append("north", 1, 1);
        assertThat(planned(Instant.now(), false)).containsExactly("north 4");
    }

    @Test
    void shouldPackAnyTwoOnceNothingHasComeForAWhile() {
        // Given
        append("north", 2, 1);
        append("south", 1, 1);

        // Then
        assertThat(planned(Instant.now(), false)).isEmpty();
        assertThat(planned(Instant.now().plus(Duration.ofHours(2)), false)).containsExactly("north 2");
    }

    @Test
    void shouldLeaveWhatIsLargerThanAllOthersUntilNothingMoreIsExpected() {
        // Given
        append("north", 1, 60);
        append("north", 12, 1);

        // Then
        assertThat(planned(Instant.now(), false)).containsExactly("north 12");
        assertThat(planned(Instant.now().plus(Duration.ofHours(2)), false)).containsExactly("north 12");
        assertThat(planned(Instant.now().plus(Duration.ofDays(2)), false)).containsExactly("north 13");
        assertThat(planned(Instant.now(), true)).containsExactly("north 13");
    }

    @Test
    void shouldFillFilesToTheTargetAndLeaveThoseThatAreNearIt() {
        // Given
        append("north", 1, 80);
        append("north", 25, 10);

        // Then
        assertThat(planned(Instant.now(), true)).containsExactlyInAnyOrder("north 10", "north 10", "north 5");
    }

    @Test
    void shouldBeginWithThePartitionThatNothingCameIntoForTheLongest() {
        // Given
        append("west", 10, 1);
        append("north", 10, 1);
        append("south", 10, 1);
        append("west", 1, 1);

        // Then
        assertThat(planned(Instant.now(), false)).containsExactly("north 10", "south 10", "west 11");
    }

    private List<String> planned(Instant now, boolean all) {
        table.refresh();
        return CompactionPlan.of(table, Objects.requireNonNull(table.currentSnapshot()), SETTINGS, now, all).stream()
                .map(group -> group.partition().get(0, String.class) + " "
                        + group.tasks().size())
                .toList();
    }

    private void append(String place, int files, long megabytes) {
        List<DataFile> added = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            added.add(DataFiles.builder(table.spec())
                    .withPath(table.location() + "/data/" + UUID.randomUUID() + ".parquet")
                    .withFormat(FileFormat.PARQUET)
                    .withPartitionPath("place=" + place)
                    .withFileSizeInBytes(megabytes * MB)
                    .withRecordCount(1)
                    .build());
        }
        AppendFiles append = table.newFastAppend();
        added.forEach(append::appendFile);
        append.commit();
    }
}
