package dev.firn.sink.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.embedded.RestCatalogServer;
import dev.firn.sink.commit.FaultyCatalog;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Span;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableLostException;
import dev.firn.sink.table.OtherOperations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final FaultyCatalog catalog = FaultyCatalog.fresh();

    @Test
    void shouldShowNothingToReadersOfMainUntilItIsPublished() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 3);
        List<String> before = table.onMain();
        Publication planned = table.plan();

        // When
        Publication published = table.publish();

        // Then
        assertThat(before).isEmpty();
        assertThat(planned.rowsBefore()).isZero();
        assertThat(planned.rowsAfter()).isEqualTo(3);
        assertThat(planned.offsets()).isEqualTo(Map.of(BranchedTable.SOURCE, new Span(0, 3)));
        assertThat(published.to()).isEqualTo(planned.to());
        assertThat(table.onMain()).containsExactly("0", "1", "2");
        assertThat(table.publish().to()).isNull();
        commit(table, 1);
        assertThat(table.onMain()).hasSize(3);
        assertThat(table.onBranch()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void shouldPublishNoMoreThanWasLookedAt() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 2);
        long seen = Objects.requireNonNull(table.plan().to()).snapshotId();
        commit(table, 2);

        // When
        table.publisher.publish(BranchedTable.NAME, OptionalLong.of(seen));

        // Then
        assertThat(table.onMain()).containsExactly("0", "1");
        assertThatThrownBy(() -> table.publisher.publish(BranchedTable.NAME, OptionalLong.of(seen)))
                .isInstanceOf(CannotPublishException.class);
        table.publish();
        assertThat(table.onMain()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void shouldBeginAtMainWhenATableThatHasRowsIsSwitchedOn() {
        // Given
        BranchedTable table = BranchedTable.plain(catalog);
        commit(table, 2);

        // When
        table.branch(Optional.of(BranchedTable.BRANCH));
        commit(table, 2);

        // Then
        assertThat(table.onMain()).containsExactly("0", "1");
        assertThat(table.onBranch()).containsExactly("0", "1", "2", "3");
        assertThat(table.plan().rowsBefore()).isEqualTo(2);
        table.publish();
        assertThat(table.onMain()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void shouldRefuseAZombieOnTheBranch() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 1);
        TableCommit zombie = new BranchedTable(catalog).next();
        commit(table, 1);
        table.publish();

        // When
        Outcome outcome = zombie.attempt();

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(table.onBranch()).containsExactly("0", "1");
    }

    @Test
    void shouldPublishOnceMoreWhenACommitIsFaster() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 1);
        catalog.next(real -> {
            commit(new BranchedTable(catalog), 1);
            real.run();
        });

        // When
        Publication published = table.publish();

        // Then
        assertThat(published.rowsAfter()).isEqualTo(2);
        assertThat(table.onMain()).containsExactly("0", "1");
        assertThat(table.onBranch()).containsExactly("0", "1");
    }

    @Test
    void shouldSayWhatWasPublishedWhenTheAnswerWasLost() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 2);
        catalog.next(real -> {
            real.run();
            throw new RuntimeIOException("connection reset");
        });

        // When
        Publication published = table.publish();

        // Then
        assertThat(published.rowsAfter()).isEqualTo(2);
        assertThat(table.onMain()).containsExactly("0", "1");
    }

    @Test
    void shouldLoseNothingOfMainWhenSomebodyElseHasCommittedToIt() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 1);
        table.publish();
        commit(table, 1);
        Table main = table.main();

        // When
        main.newFastAppend().appendFile(BranchedTable.file("foreign")).commit();

        // Then
        assertThatThrownBy(table::publish)
                .isInstanceOf(CannotPublishException.class)
                .hasMessageContaining("drop the branch");
        commit(table, 1);
        assertThat(table.onMain()).containsExactly("0", "foreign");
        assertThat(table.onBranch()).containsExactly("0", "1", "2");
        table.main().manageSnapshots().removeBranch(BranchedTable.BRANCH).commit();
        commit(table, 2);
        table.publish();
        assertThat(table.onMain()).containsExactly("0", "1", "2", "foreign");
    }

    @Test
    void shouldFollowMainWhenNothingIsUnpublished() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 1);
        table.publish();
        table.main().newFastAppend().appendFile(BranchedTable.file("foreign")).commit();

        // When
        commit(table, 1);

        // Then
        assertThat(table.onBranch()).containsExactly("0", "1", "foreign");
        table.publish();
        assertThat(table.onMain()).containsExactly("0", "1", "foreign");
    }

    @Test
    void shouldStopWhenItIsSwitchedOffBeforeAllIsPublished() {
        // Given
        BranchedTable table = BranchedTable.create(catalog);
        commit(table, 2);
        TableCommit late = table.next();

        // When
        table.branch(Optional.empty());

        // Then
        assertThat(late.attempt()).isInstanceOf(Outcome.Refused.class);
        assertThatThrownBy(() -> table.store.ledger(BranchedTable.NAME))
                .isInstanceOfSatisfying(
                        TableLostException.class,
                        lost -> assertThat(lost.what()).isEqualTo(TableLostException.What.BRANCH));
        table.publish();
        commit(table, 1);
        assertThat(table.onMain()).containsExactly("0", "1", "2");
        assertThatThrownBy(table::publish).isInstanceOf(CannotPublishException.class);
    }

    @Test
    void shouldStopWhenTheBranchIsATag() {
        // Given
        BranchedTable table = BranchedTable.plain(catalog);
        commit(table, 1);
        table.main()
                .manageSnapshots()
                .createTag("good", table.main().currentSnapshot().snapshotId())
                .commit();

        // When
        table.branch(Optional.of("good"));

        // Then
        assertThatThrownBy(() -> table.store.ledger(BranchedTable.NAME))
                .isInstanceOf(TableLostException.class)
                .hasMessageContaining("a tag");
    }

    @Test
    void shouldStopWhenTheCatalogKeepsNoBranches() {
        // Given
        BranchedTable table = BranchedTable.create(new Branchless());

        // When
        TableCommit commit = table.next();
        commit.attempt();

        // Then
        assertThat(commit.attempt()).isInstanceOf(Outcome.Refused.class);
        assertThat(table.onMain()).isEmpty();
    }

    @Test
    void shouldPublishThroughARestCatalog() throws IOException {
        // Given
        BranchedTable.create(catalog);
        try (RestCatalogServer server = RestCatalogServer.serve(catalog, 0);
                RESTCatalog remote = new RESTCatalog()) {
            remote.initialize("remote", Map.of("uri", server.url(), "io-impl", InMemoryFileIO.class.getName()));
            BranchedTable table = new BranchedTable(remote);
            commit(table, 2);
            catalog.next(real -> {
                commit(new BranchedTable(catalog), 1);
                real.run();
            });

            // When
            table.publish();

            // Then
            commit(table, 1);
            assertThat(table.onMain()).startsWith("0", "1").doesNotContain("3");
            assertThat(table.onBranch()).containsExactly("0", "1", "2", "3");
        }
    }

    private static void commit(BranchedTable table, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(table.commit()).isInstanceOf(Outcome.Committed.class);
        }
    }

    /** Takes what is meant for a branch for main's, as a catalog does that knows only a table's newest snapshot. */
    private static final class Branchless extends InMemoryCatalog {
        private Branchless() {
            initialize("test", Map.of());
            createNamespace(Namespace.of("bronze"));
        }

        @Override
        protected TableOperations newTableOps(TableIdentifier name) {
            TableOperations real = super.newTableOps(name);
            return new OtherOperations(real, real.io()) {
                @Override
                public void commit(TableMetadata base, TableMetadata metadata) {
                    TableMetadata.Builder flat = TableMetadata.buildFrom(metadata);
                    metadata.refs()
                            .forEach((ref, at) -> flat.setRef("main", at).removeRef(ref.equals("main") ? "" : ref));
                    real.commit(base, flat.build());
                }
            };
        }
    }
}
