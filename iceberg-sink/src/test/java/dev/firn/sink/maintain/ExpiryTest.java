package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.publish.Publisher;
import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.Tables;
import dev.firn.sink.table.WorkingBranch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final MaintainSettings FEW =
            MaintainSettings.DEFAULTS.with("", Map.of("snapshots", "8", "snapshots-kept", "3"));

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final KeptTable kept = new KeptTable(catalog, TableIdentifier.of("bronze", "events"));
    private final Instant later = Instant.now().plus(Duration.ofDays(6));

    @Test
    void shouldKeepAsManySnapshotsAsAreWantedAndDeleteWhatNothingRefersTo() {
        // Given
        commit(4);
        String replaced = overwritten();
        commit(10);

        // When
        Expiry.Expired expired = expiry(soon()).run(kept.table, FEW);

        // Then
        assertThat(snapshots()).as("8, and the one that the fence made").hasSize(9);
        assertThat(expired.snapshots()).isEqualTo(15 - 8);
        assertThat(kept.exists(replaced)).isFalse();
        requireWhole(14);
    }

    @Test
    void shouldExpireByAgeAndKeepTheNewest() {
        // Given
        commit(10);

        // When
        expiry(later).run(kept.table, FEW);

        // Then
        assertThat(snapshots()).hasSize(3 + 1);
        requireWhole(10);
        assertThat(expiry(later).isDue(kept.table, FEW)).isFalse();
    }

    @Test
    void shouldKeepWhatIsYoungHoweverManyThereAre() {
        // Given
        commit(20);

        // Then
        assertThat(expiry(Instant.now()).expirable(kept.table, FEW)).isZero();
        assertThat(expiry(soon()).isDue(kept.table, FEW)).isTrue();
    }

    @Test
    void shouldKeepTheNewestLedgerWhenOthersHaveCommittedSince() {
        // Given
        commit(5);
        long ledger = current().snapshotId();
        for (int i = 0; i < 12; i++) {
            foreign();
        }

        // When
        expiry(later).run(kept.table, FEW);

        // Then
        assertThat(snapshots()).extracting(Snapshot::snapshotId).contains(ledger);
        requireWhole(5 + 12);
        kept.table.manageSnapshots().rollbackTo(ledger).commit();
        kept.table.refresh();
        assertThat(Ledgers.lost(kept.table)).isEmpty();
        assertThat(Ledgers.of(kept.table).end(KeptTable.SOURCE)).contains(5L);
    }

    @Test
    void shouldKeepTagsAndBranchesAndTheirFiles() {
        // Given
        commit(2);
        long tagged = current().snapshotId();
        DataFile audited = KeptTable.file(kept.write("data"));
        String replaced = overwritten();
        kept.table.manageSnapshots().createTag("before", tagged).commit();
        kept.table.newAppend().appendFile(audited).toBranch("audit").commit();
        commit(12);

        // When
        expiry(later).run(kept.table, FEW);

        // Then
        assertThat(kept.table.refs()).containsOnlyKeys("main", "before", "audit");
        assertThat(kept.files(tagged)).hasSize(2).contains(replaced).allMatch(kept::exists);
        assertThat(kept.exists(audited.location())).isTrue();
        requireWhole(2 - 1 + 1 + 12 - 1 + 1);
    }

    @Test
    void shouldKeepMainAndLetTheBranchBePublishedWhenTheSnapshotsBetweenThemAreExpired() {
        // Given
        TableIdentifier name = TableIdentifier.of("bronze", "events");
        Publisher publisher = new Publisher(new Tables(catalog));
        commit(2);
        kept.table.updateProperties().set(WorkingBranch.PROPERTY, "staged").commit();
        TableCommit first = kept.next(Instant.now());
        assertThat(first.attempt()).as("the branch is made").isInstanceOf(Outcome.Conflict.class);
        assertThat(first.attempt()).isInstanceOf(Outcome.Committed.class);
        commit(11);
        long main = current().snapshotId();

        // When
        Expiry.Expired expired = expiry(later).run(BranchOperations.over(catalog.loadTable(name)), FEW);

        // Then
        assertThat(expired.snapshots()).isGreaterThan(5);
        kept.table.refresh();
        assertThat(current().snapshotId()).isEqualTo(main);
        requireWhole(2);
        publisher.publish(name, OptionalLong.empty());
        kept.table.refresh();
        requireWhole(14);
        commit(1);
        assertThat(kept.table.refs()).containsOnlyKeys("main", "staged");
        requireWhole(14);
    }

    @Test
    void shouldKeepTheSourceOfWhatWasCherryPicked() {
        // Given
        commit(1);
        TableCommit staged = kept.next(Instant.now());
        assertThat(staged.attempt()).isInstanceOf(Outcome.Committed.class);
        kept.table.refresh();
        long source = current().snapshotId();
        kept.table.manageSnapshots().rollbackTo(current().parentId()).commit();
        foreign();
        kept.table.manageSnapshots().cherrypick(source).commit();
        for (int i = 0; i < 5; i++) {
            foreign();
        }

        // When
        expiry(later).run(kept.table, FEW);

        // Then
        assertThat(Ledgers.of(kept.table).end(KeptTable.SOURCE)).contains(2L);
        requireWhole(2 + 6);
    }

    @Test
    void shouldRefuseFilesThatARollbackPutAwayAndThatWereDeletedSince() {
        // Given
        commit(1);
        TableCommit frozen = kept.next(Instant.now());
        catalog.next(real -> {
            real.run();
            throw new ServiceFailureException("503, though it was taken");
        });
        assertThat(frozen.attempt()).isInstanceOf(Outcome.Unknown.class);
        kept.table.refresh();
        kept.table.manageSnapshots().rollbackTo(current().parentId()).commit();
        foreign();

        // When
        expiry(later).run(kept.table, FEW);
        Outcome late = frozen.attempt();

        // Then
        assertThat(late).isInstanceOf(Outcome.Refused.class);
        requireWhole(2);
    }

    @Test
    void shouldChooseAnewWhenACommitIsFaster() {
        // Given
        commit(12);
        catalog.next(real -> {
            throw new CommitFailedException("others were faster");
        });
        catalog.next(real -> {
            commit(1);
            real.run();
        });

        // When
        Expiry.Expired expired = expiry(later).run(kept.table, FEW);

        // Then
        assertThat(expired.snapshots()).isEqualTo(13 - 3);
        requireWhole(13);
    }

    @Test
    void shouldDeleteNothingWhenTheResponseIsLost() {
        // Given
        commit(12);
        String replaced = overwritten();
        commit(4);
        catalog.next(real -> {
            real.run();
            throw new ServiceFailureException("503, though it was taken");
        });

        // When
        assertThatThrownBy(() -> expiry(later).run(kept.table, FEW)).isInstanceOf(ServiceFailureException.class);

        // Then
        assertThat(snapshots()).hasSize(4);
        assertThat(kept.exists(replaced)).isTrue();
        requireWhole(16);
    }

    /** When the snapshots are no longer young. */
    private static Instant soon() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static Expiry expiry(Instant now) {
        return new Expiry(Clock.fixed(now, ZoneOffset.UTC));
    }

    private void commit(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(kept.next(Instant.now()).attempt()).isInstanceOf(Outcome.Committed.class);
        }
        kept.table.refresh();
    }

    private void foreign() {
        kept.table.refresh();
        kept.table.newAppend().appendFile(KeptTable.file(kept.write("data"))).commit();
    }

    /** Another engine replaces a file of the table, whose name is given, by another. */
    private String overwritten() {
        kept.table.refresh();
        String before = kept.files(current().snapshotId()).get(0);
        DataFile after = KeptTable.file(kept.write("data"));
        kept.table
                .newOverwrite()
                .deleteFile(KeptTable.file(before))
                .addFile(after)
                .commit();
        return before;
    }

    private Snapshot current() {
        return kept.table.currentSnapshot();
    }

    private List<Snapshot> snapshots() {
        kept.table.refresh();
        return StreamSupport.stream(kept.table.snapshots().spliterator(), false).toList();
    }

    /** Every snapshot's files are there, the current one has so many, and the sink goes on. */
    private void requireWhole(int files) {
        List<String> all = new ArrayList<>();
        snapshots().forEach(snapshot -> all.addAll(kept.files(snapshot.snapshotId())));
        assertThat(all).allMatch(kept::exists);
        assertThat(kept.files(current().snapshotId())).hasSize(files);
        assertThat(Ledgers.lost(kept.table)).isEmpty();
    }
}
