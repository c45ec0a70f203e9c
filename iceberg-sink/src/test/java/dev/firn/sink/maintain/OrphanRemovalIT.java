package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.TableCommit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** Orphans in S3, where the files are minutes old and the clock is days ahead. */
class OrphanRemovalIT {
    private static final Duration AGE = Duration.ofDays(3);
    private final Instant later = Instant.now().plus(Duration.ofDays(4));

    private final Catalog catalog =
            CatalogUtil.buildIcebergCatalog("firn", EmbeddedStack.shared().catalogProperties(), new Configuration());
    private final Namespace space =
            Namespace.of("o" + UUID.randomUUID().toString().substring(0, 8));
    private final KeptTable kept = table("events");

    private KeptTable table(String name) {
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
        if (!namespaces.namespaceExists(space)) {
            namespaces.createNamespace(space);
        }
        return new KeptTable(catalog, TableIdentifier.of(space, name));
    }

    @Test
    void shouldRemoveWhatNothingRefersToAndNothingElse() {
        // Given
        commit();
        kept.table.refresh();
        kept.table
                .manageSnapshots()
                .createTag("kept", kept.table.currentSnapshot().snapshotId())
                .commit();
        kept.table
                .newAppend()
                .appendFile(KeptTable.file(kept.write("data")))
                .toBranch("audit")
                .commit();
        commit();
        List<String> orphans = List.of(kept.write("data"), kept.write("data/day=1"), kept.write("metadata"));
        String neighbours = table("events_archive").write("data");

        // When
        int removed = removal(later).run(kept.table);

        // Then
        assertThat(removed).isEqualTo(orphans.size());
        assertThat(orphans).noneMatch(kept::exists);
        assertThat(kept.exists(neighbours)).isTrue();
        kept.table.refresh();
        assertThat(StreamSupport.stream(kept.table.snapshots().spliterator(), false)
                        .flatMap(snapshot -> kept.files(snapshot.snapshotId()).stream()))
                .isNotEmpty()
                .allMatch(kept::exists);
        assertThat(removal(later).run(kept.table)).isZero();
    }

    @Test
    void shouldLeaveWhatIsNotOld() {
        // Given
        commit();
        String young = kept.write("data");

        // When
        int removed = removal(Instant.now()).run(kept.table);

        // Then
        assertThat(removed).isZero();
        assertThat(kept.exists(young)).isTrue();
    }

    @Test
    void shouldRefuseAFrozenWritersFilesWhenTheyMayHaveBeenRemoved() {
        // Given
        commit();
        TableCommit frozen = kept.next(Instant.now());

        // When
        int removed = removal(later).run(kept.table);
        Outcome late = frozen.attempt();

        // Then
        assertThat(removed).isOne();
        assertThat(late).isInstanceOf(Outcome.Refused.class);
        kept.table.refresh();
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId())).allMatch(kept::exists);
    }

    @Test
    void shouldKeepAFrozenWritersFilesWhenTheyAreCommittedWhileItLooks() {
        // Given
        commit();
        String orphan = kept.write("data");
        TableCommit frozen = kept.next(Instant.now());
        int[] asked = {0};
        InstantSource clock = () -> {
            if (++asked[0] == 2) {
                assertThat(frozen.attempt()).isInstanceOf(Outcome.Committed.class);
            }
            return later;
        };

        // When
        int removed = new OrphanRemoval(clock.withZone(ZoneOffset.UTC), AGE).run(kept.table);

        // Then
        assertThat(removed).isOne();
        assertThat(kept.exists(orphan)).isFalse();
        kept.table.refresh();
        assertThat(kept.files(kept.table.currentSnapshot().snapshotId()))
                .hasSize(2)
                .allMatch(kept::exists);
    }

    @Test
    void shouldLeaveAFolderAloneThatAnotherTableIsInToo() {
        // Given
        commit();
        String orphan = kept.write("data");
        catalog.buildTable(TableIdentifier.of(space, "lodger"), kept.table.schema())
                .withLocation(kept.table.location())
                .create();

        // When
        int removed = removal(later).run(kept.table);

        // Then
        assertThat(removed).isZero();
        assertThat(kept.exists(orphan)).isTrue();
    }

    private void commit() {
        assertThat(kept.next(Instant.now()).attempt()).isInstanceOf(Outcome.Committed.class);
    }

    private static OrphanRemoval removal(Instant now) {
        return new OrphanRemoval(Clock.fixed(now, ZoneId.of("UTC")), AGE);
    }
}
