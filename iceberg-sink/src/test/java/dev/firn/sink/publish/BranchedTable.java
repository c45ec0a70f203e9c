package dev.firn.sink.publish;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Changes;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableRegister;
import dev.firn.sink.table.BranchOperations;
import dev.firn.sink.table.Tables;
import dev.firn.sink.table.WorkingBranch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** A table whose commits go to a branch, by one instance that looks where the ledger ends. A file's name tells its offset. */
final class BranchedTable {
    static final TableIdentifier NAME = TableIdentifier.of("bronze", "events");
    static final String BRANCH = "staged";
    static final Source SOURCE = new Source("events", 0);
    private static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));

    final Publisher publisher;
    final IcebergTableStore store;
    private final Catalog catalog;

    /** By another instance, or through another client. */
    BranchedTable(Catalog catalog) {
        this.catalog = catalog;
        Tables tables = new Tables(catalog);
        this.publisher = new Publisher(tables);
        this.store = new IcebergTableStore(
                tables,
                new TableRegister(Optional::empty, () -> {
                    throw new AssertionError("nobody rejects");
                }),
                (each, proposal) -> Changes.append(proposal),
                "test");
    }

    /** Made, with its commits going to the branch. */
    static BranchedTable create(Catalog catalog) {
        BranchedTable table = plain(catalog);
        table.branch(Optional.of(BRANCH));
        return table;
    }

    /** Made, with its commits going to main. */
    static BranchedTable plain(Catalog catalog) {
        catalog.createTable(
                NAME,
                SCHEMA,
                PartitionSpec.unpartitioned(),
                Map.of(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "1", TableProperties.COMMIT_MAX_RETRY_WAIT_MS, "2"));
        return new BranchedTable(catalog);
    }

    /** As readers have it. */
    Table main() {
        return catalog.loadTable(NAME);
    }

    void branch(Optional<String> name) {
        name.ifPresentOrElse(
                it -> main().updateProperties().set(WorkingBranch.PROPERTY, it).commit(),
                () -> main().updateProperties().remove(WorkingBranch.PROPERTY).commit());
    }

    /** A commit of the record where the ledger ends. */
    TableCommit next() {
        long offset = store.ledger(NAME).end(SOURCE).orElse(0L);
        Advance advance = Advance.of(List.of(new OffsetRange(SOURCE, offset, offset + 1, 1, 0)));
        return store.prepare(NAME, Proposal.of(advance, List.of(file(offset)), 1, Optional.empty()));
    }

    /** Until it is held, or refused for good. */
    Outcome commit() {
        TableCommit commit = next();
        Outcome outcome = commit.attempt();
        for (int attempt = 1; attempt < 20 && !isOver(outcome); attempt++) {
            outcome = commit.attempt();
        }
        commit.settle(outcome);
        return outcome;
    }

    private static boolean isOver(Outcome outcome) {
        return outcome instanceof Outcome.Committed || outcome instanceof Outcome.Refused;
    }

    static DataFile file(Object offset) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("memory:/data/" + offset + "-" + UUID.randomUUID() + ".parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }

    Publication publish() {
        return publisher.publish(NAME, OptionalLong.empty()).orElseThrow();
    }

    Publication plan() {
        return publisher.plan(NAME, OptionalLong.empty()).orElseThrow();
    }

    /** What readers of main find, in order. */
    List<String> onMain() {
        return offsets(main());
    }

    /** What is on the branch. */
    List<String> onBranch() {
        return offsets(BranchOperations.over(main()));
    }

    private static List<String> offsets(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null
                ? List.of()
                : current.dataManifests(table.io()).stream()
                        .flatMap(manifest -> paths(manifest, table))
                        .map(path ->
                                path.substring(path.lastIndexOf('/') + 1, path.indexOf('-', path.lastIndexOf('/'))))
                        .sorted()
                        .toList();
    }

    private static Stream<String> paths(ManifestFile manifest, Table table) {
        List<String> paths = new ArrayList<>();
        try (CloseableIterable<String> read = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            read.forEach(paths::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths.stream();
    }
}
