package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Outcome;
import java.time.Instant;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestMergeTest {
    private static final int ENOUGH = 5;

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final KeptTable kept = new KeptTable(catalog, TableIdentifier.of("bronze", "events"));

    @BeforeEach
    void mergeEarly() {
        kept.table
                .updateProperties()
                .set(TableProperties.MANIFEST_MIN_MERGE_COUNT, Integer.toString(ENOUGH))
                .commit();
    }

    @Test
    void shouldMergeManifestsAndKeepTheLedgerWhenThereAreEnough() {
        // Given
        commit(ENOUGH);

        // When
        kept.table.refresh();
        boolean merged = ManifestMerge.run(kept.table);

        // Then
        kept.table.refresh();
        assertThat(merged).isTrue();
        assertThat(manifests()).isOne();
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId())).hasSize(ENOUGH);
        assertThat(kept.table.currentSnapshot().summary()).containsKey(Ledgers.LEDGER);
        assertThat(Ledgers.of(kept.table).end(KeptTable.SOURCE)).contains((long) ENOUGH);
        assertThat(Ledgers.avroBytes(kept.table)).isEqualTo(ENOUGH);
    }

    @Test
    void shouldLeaveManifestsAloneWhenThereAreFew() {
        // Given
        commit(ENOUGH - 1);

        // When
        kept.table.refresh();
        boolean merged = ManifestMerge.run(kept.table);

        // Then
        assertThat(merged).isFalse();
        assertThat(manifests()).isEqualTo(ENOUGH - 1);
    }

    @Test
    void shouldCarryTheLedgerOfItsBaseWhenACommitIsFaster() {
        // Given
        commit(ENOUGH);
        catalog.next(real -> {
            commit(1);
            real.run();
        });

        // When
        kept.table.refresh();
        boolean merged = ManifestMerge.run(kept.table);

        // Then
        assertThat(merged).isTrue();
        assertThat(manifests()).isEqualTo(2);
        assertThat(Ledgers.of(kept.table).end(KeptTable.SOURCE)).contains(ENOUGH + 1L);
        commit(1);
        assertThat(manifests()).isEqualTo(3);
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId())).hasSize(ENOUGH + 2);
    }

    @Test
    void shouldDeleteNothingWhenTheResponseIsLost() {
        // Given
        commit(ENOUGH);
        catalog.next(real -> {
            real.run();
            throw new ServiceFailureException("503, though it was taken");
        });

        // When
        kept.table.refresh();
        assertThatThrownBy(() -> ManifestMerge.run(kept.table)).isInstanceOf(ServiceFailureException.class);

        // Then
        assertThat(manifests()).isOne();
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId())).hasSize(ENOUGH);
    }

    @Test
    void shouldBoundTheManifestsOfATableThatIsCommittedToForLong() {
        // When
        for (int i = 0; i < 20 * ENOUGH; i++) {
            commit(1);
            kept.table.refresh();
            ManifestMerge.run(kept.table);
        }

        // Then
        assertThat(manifests()).isLessThan(ENOUGH);
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId())).hasSize(20 * ENOUGH);
    }

    private void commit(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(kept.next(Instant.now()).attempt()).isInstanceOf(Outcome.Committed.class);
        }
    }

    private int manifests() {
        kept.table.refresh();
        return kept.table.currentSnapshot().allManifests(kept.table.io()).size();
    }
}
