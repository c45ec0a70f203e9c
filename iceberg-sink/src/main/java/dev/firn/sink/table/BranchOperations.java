package dev.firn.sink.table;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotRefType;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table as its {@link WorkingBranch} has it: what is main to whoever reads and commits by these operations is that branch, and main
 * goes by the branch's name, so that nothing takes its snapshot for one that nobody needs. What is committed never moves main. Where
 * the table names no branch, it is the table as it is.
 */
public final class BranchOperations extends OtherOperations {
    private static final Logger LOG = LoggerFactory.getLogger(BranchOperations.class);

    private volatile @Nullable Seen seen;
    /** The catalog took a branch for main, or for nothing. */
    private volatile boolean keepsNoBranches;

    private record Seen(TableMetadata real, TableMetadata view) {}

    private BranchOperations(TableOperations table) {
        super(table, table.io());
    }

    /** The table as its branch has it, whichever the properties name by the time. */
    public static Table over(Table table) {
        return over(table, UnaryOperator.identity());
    }

    /** The same, by other operations than the catalog's own. */
    static Table over(Table table, UnaryOperator<TableOperations> by) {
        return table instanceof BaseTable base && !(base.operations() instanceof BranchOperations)
                ? new BaseTable(new BranchOperations(by.apply(base.operations())), table.name(), base.reporter())
                : table;
    }

    /** The operations of the table as it is, whatever branch it is seen by. */
    public static TableOperations real(Table table) {
        TableOperations operations = ((HasTableOperations) table).operations();
        return operations instanceof BranchOperations branch ? branch.table : operations;
    }

    /** The branch that the table names, or that it has left before it was published. */
    public static Optional<WorkingBranch> branch(Table table) {
        TableMetadata real = real(table).current();
        return WorkingBranch.leftBehind(real).or(() -> WorkingBranch.in(real));
    }

    /** What a branch or tag is called in the table itself. */
    public static String realName(Table table, String name) {
        return WorkingBranch.in(real(table).current())
                .filter(branch -> branch.name().equals(name))
                .map(branch -> SnapshotRef.MAIN_BRANCH)
                .orElse(name);
    }

    /** Why nothing can be committed to the table that it names, if so. */
    public static Optional<String> refusal(Table table) {
        return ((HasTableOperations) table).operations() instanceof BranchOperations branch
                ? branch.refusal(branch.table.current())
                : Optional.empty();
    }

    private Optional<String> refusal(TableMetadata real) {
        Optional<String> left = WorkingBranch.leftBehind(real)
                .map(branch -> "the branch %s has commits that were not published: publish or drop it, or set %s to it"
                        .formatted(branch.name(), WorkingBranch.PROPERTY));
        return left.or(() -> WorkingBranch.in(real).map(WorkingBranch::name).flatMap(name -> unusable(name, real)));
    }

    private Optional<String> unusable(String name, TableMetadata real) {
        SnapshotRef ref = real.ref(name);
        if (ref != null && ref.isTag()) {
            return Optional.of("%s names %s, which is a tag".formatted(WorkingBranch.PROPERTY, name));
        }
        return keepsNoBranches && ref == null
                ? Optional.of("%s names %s, and the catalog keeps no branches of a table"
                        .formatted(WorkingBranch.PROPERTY, name))
                : Optional.empty();
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public TableMetadata current() {
        TableMetadata real = table.current();
        Seen last = seen;
        if (last == null || last.real() != real) {
            last = new Seen(real, view(real));
            seen = last;
        }
        return last.view();
    }

    @Override
    public TableMetadata refresh() {
        table.refresh();
        return current();
    }

    private static TableMetadata view(TableMetadata real) {
        return WorkingBranch.in(real).map(branch -> view(branch, real)).orElse(real);
    }

    private static TableMetadata view(WorkingBranch branch, TableMetadata real) {
        TableMetadata.Builder view = TableMetadata.buildFrom(real);
        SnapshotRef main = real.ref(SnapshotRef.MAIN_BRANCH);
        SnapshotRef ref = real.ref(branch.name());
        Snapshot head = branch.head();
        if (head == null || (ref != null && ref.isTag())) {
            return real;
        }
        view.setRef(
                SnapshotRef.MAIN_BRANCH,
                ref == null
                        ? SnapshotRef.branchBuilder(head.snapshotId()).build()
                        : SnapshotRef.builderFrom(ref, head.snapshotId()).build());
        if (main == null) {
            view.removeRef(branch.name());
        } else {
            view.setRef(branch.name(), main);
        }
        // it is the very metadata that the catalog has, by its file and by those before it
        return view.discardChanges()
                .setPreviousFileLocation(null)
                .withMetadataLocation(real.metadataFileLocation())
                .build();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        Optional<WorkingBranch> branch = WorkingBranch.in(base);
        TableMetadata real = branch.isEmpty() ? base : realOf(base);
        boolean moves = metadata.changes().stream().anyMatch(BranchOperations::movesMain);
        if (moves) {
            refusal(real).ifPresent(why -> {
                throw new IllegalStateException(why);
            });
        }
        TableMetadata next = WorkingBranch.in(real)
                .map(it -> onBranch(it, real, metadata, moves))
                .orElseGet(() -> onMain(real, metadata, moves));
        table.commit(real, next);
    }

    private TableMetadata realOf(TableMetadata base) {
        Seen last = seen;
        if (last == null || last.view() != base) {
            throw new CommitFailedException("Cannot commit: stale table metadata");
        }
        return last.real();
    }

    private static boolean movesMain(MetadataUpdate change) {
        return change instanceof MetadataUpdate.SetSnapshotRef set && set.name().equals(SnapshotRef.MAIN_BRANCH);
    }

    private static TableMetadata onMain(TableMetadata real, TableMetadata metadata, boolean moves) {
        return moves && real.properties().containsKey(WorkingBranch.MARK)
                ? TableMetadata.buildFrom(metadata)
                        .removeProperties(Set.of(WorkingBranch.MARK))
                        .build()
                : metadata;
    }

    private TableMetadata onBranch(WorkingBranch branch, TableMetadata real, TableMetadata metadata, boolean moves) {
        if (moves && real.ref(branch.name()) == null) {
            begin(branch, real);
            throw new CommitFailedException("The branch %s had to be made first", branch.name());
        }
        TableMetadata.Builder next = TableMetadata.buildFrom(real);
        metadata.changes().forEach(change -> apply(change, branch.name(), next));
        if (moves && branch.standing() != WorkingBranch.Standing.DIVERGED) {
            mark(branch, real, next);
        }
        return next.build();
    }

    private static void apply(MetadataUpdate change, String branch, TableMetadata.Builder next) {
        if (movesMain(change)) {
            MetadataUpdate.SetSnapshotRef set = (MetadataUpdate.SetSnapshotRef) change;
            new MetadataUpdate.SetSnapshotRef(
                            branch,
                            set.snapshotId(),
                            SnapshotRefType.BRANCH,
                            set.minSnapshotsToKeep(),
                            set.maxSnapshotAgeMs(),
                            set.maxRefAgeMs())
                    .applyTo(next);
        } else if (!isOfMain(change, branch)) {
            change.applyTo(next);
        }
    }

    /** Main goes by the branch's name here: it is neither moved nor, by a rule for branches of some age, removed. */
    private static boolean isOfMain(MetadataUpdate change, String branch) {
        return (change instanceof MetadataUpdate.RemoveSnapshotRef removed
                        && removed.name().equals(branch))
                || (change instanceof MetadataUpdate.SetSnapshotRef set
                        && set.name().equals(branch));
    }

    private static void mark(WorkingBranch branch, TableMetadata real, TableMetadata.Builder next) {
        String mark = WorkingBranch.mark(branch.name(), branch.main());
        if (!Objects.equals(real.properties().get(WorkingBranch.MARK), mark)) {
            next.setProperties(Map.of(WorkingBranch.MARK, mark));
        }
    }

    /** By a commit of its own, without rows: a catalog that keeps no branches of a table would take the next one for main's. */
    private void begin(WorkingBranch branch, TableMetadata real) {
        Snapshot main = branch.main();
        if (main == null) {
            new BaseTable(new KeepingOperations(table), branch.name())
                    .newFastAppend()
                    .toBranch(branch.name())
                    .commit();
        } else {
            TableMetadata.Builder next = TableMetadata.buildFrom(real)
                    .setRef(
                            branch.name(),
                            SnapshotRef.branchBuilder(main.snapshotId()).build());
            mark(branch, real, next);
            table.commit(real, next.build());
        }
        if (table.refresh().ref(branch.name()) == null) {
            keepsNoBranches = true;
            throw new IllegalStateException(refusal(table.current()).orElse("no branch " + branch.name()));
        }
        LOG.info("Commits go to a branch until it is published branch={} at={}", branch.name(), main);
    }
}
