package dev.firn.sink.publish;

import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.Tables;
import dev.firn.sink.table.WorkingBranch;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves main forward to a table's {@link WorkingBranch}, on the very base that was looked at: it never moves main to where something
 * is missing that main has. What comes to the branch meanwhile stays unpublished. Safe beside commits, and for several at a time.
 */
public final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int ATTEMPTS = 20;

    private final Tables tables;

    public Publisher(Tables tables) {
        this.tables = tables;
    }

    /** What would be published; empty if there is no such table.
     *
     * @param upTo the newest of the branch's snapshots to be published; empty for all that there are
     * @throws CannotPublishException if it can't be
     * @throws RuntimeException whatever the catalog throws
     */
    public Optional<Publication> plan(TableIdentifier name, OptionalLong upTo) {
        return tables.load(name).map(table -> {
            TableOperations operations = BranchOperations.real(table);
            return plan(name, operations, operations.current(), upTo);
        });
    }

    private static Publication plan(
            TableIdentifier name, TableOperations table, TableMetadata metadata, OptionalLong upTo) {
        WorkingBranch branch = WorkingBranch.leftBehind(metadata)
                .or(() -> WorkingBranch.in(metadata))
                .orElseThrow(() -> new CannotPublishException(
                        "%s names no branch that its commits go to (%s)".formatted(name, WorkingBranch.PROPERTY)));
        return Publication.of(branch, new BaseTable(table, name.toString()), metadata, upTo);
    }

    /** Publishes.
     *
     * @return what was, nothing of it if there was nothing; empty if there is no such table
     * @throws CannotPublishException if it can't be
     * @throws RuntimeException whatever the catalog throws; it may have arrived then, and may be done again
     */
    public Optional<Publication> publish(TableIdentifier name, OptionalLong upTo) {
        return tables.load(name).map(table -> publish(name, table, upTo));
    }

    private static Publication publish(TableIdentifier name, Table loaded, OptionalLong upTo) {
        TableOperations table = BranchOperations.real(loaded);
        Optional<Publication> tried = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            TableMetadata metadata = table.refresh();
            if (tried.filter(it -> isHeld(it, metadata)).isPresent()) {
                return told(name, tried.get());
            }
            Publication publication = plan(name, table, metadata, upTo);
            Snapshot to = publication.to();
            if (to == null) {
                return publication;
            }
            tried = Optional.of(publication);
            try {
                table.commit(metadata, publication.branch().published(metadata, to));
                return told(name, publication);
            } catch (CommitFailedException e) {
                LOG.debug("Others were faster table={} attempt={}", name, attempt, e);
                requireMore(attempt, e);
            } catch (RuntimeException e) {
                // whatever it says, the table itself tells what came of it
                LOG.info("Not known whether it is published, looking again table={} cause={}", name, e.toString());
                requireMore(attempt, e);
            }
        }
    }

    private static void requireMore(int attempt, RuntimeException cause) {
        if (attempt == ATTEMPTS) {
            throw cause;
        }
    }

    private static boolean isHeld(Publication publication, TableMetadata metadata) {
        Snapshot to = publication.to();
        return to != null && WorkingBranch.isOnMain(to, metadata);
    }

    private static Publication told(TableIdentifier name, Publication publication) {
        Snapshot to = publication.to();
        LOG.info(
                "Published table={} branch={} snapshot={} rows={} offsets={}",
                name,
                publication.branch().name(),
                to == null ? "none" : to.snapshotId(),
                publication.rowsAfter(),
                publication.offsets());
        return publication;
    }
}
