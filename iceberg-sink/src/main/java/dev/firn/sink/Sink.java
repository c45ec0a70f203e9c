package dev.firn.sink;

import dev.firn.config.Version;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.CommitDesk;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.commit.CommitThreads;
import dev.firn.sink.commit.Committer;
import dev.firn.sink.commit.Decider;
import dev.firn.sink.commit.Decision;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.Register;
import dev.firn.sink.commit.TableRegister;
import dev.firn.sink.commit.TableView;
import dev.firn.sink.consume.LaneStatus;
import dev.firn.sink.consume.Lanes;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Erasure;
import dev.firn.sink.maintain.Erasures;
import dev.firn.sink.maintain.SpareMemory;
import dev.firn.sink.maintain.Upkeep;
import dev.firn.sink.publish.Publisher;
import dev.firn.sink.quarantine.HeldRejectsScan;
import dev.firn.sink.quarantine.Rejects;
import dev.firn.sink.quarantine.TableRejectWriter;
import dev.firn.sink.reconcile.Reconcile;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.WriteLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A running sink: lanes, and the commits of what they take in. */
public final class Sink implements AutoCloseable {
    private final IcebergTableStore store;
    private final CommitThreads commits;
    private final Lanes lanes;
    private final Decider decider;
    private final Upkeep upkeep;
    private final Erasures erasures;
    private final Publisher publisher;

    private Sink(
            IcebergTableStore store,
            CommitThreads commits,
            Lanes lanes,
            Decider decider,
            Upkeep upkeep,
            Erasures erasures,
            Publisher publisher) {
        this.store = store;
        this.commits = commits;
        this.lanes = lanes;
        this.decider = decider;
        this.upkeep = upkeep;
        this.erasures = erasures;
        this.publisher = publisher;
    }

    /**
     * Begins to take in what the plan says, into tables of the catalog. The catalog stays the caller's to close. Nothing runs if it
     * throws.
     */
    public static Sink start(
            SinkPlan plan, Catalog catalog, SchemaRegistry registry, CommitListener listener, Clock clock) {
        Tables tables = new Tables(catalog);
        WriterSchemas schemas = new WriterSchemas(registry);
        ParquetWriters writers = new ParquetWriters(schemas, new WriteLimits(plan.openFiles()));
        TableRejectWriter rejects = new TableRejectWriter(tables, writers, plan.quarantine());
        Register register = new TableRegister(() -> tables.load(plan.quarantine()), rejects::table);
        IcebergTableStore store = new IcebergTableStore(
                tables,
                register,
                new TableIndexes(new KeySpace(plan.indexMemory(), plan.indexDirectory())),
                Version.text());
        Committer committer = new Committer(new CommitDesk(store, plan.quarantine(), listener, clock));
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new SplittableRandom());
        CommitThreads commits = new CommitThreads(committer, backoff, plan.commitThreads());
        KeySpace windowKeys = KeySpace.onHeap();
        SpareMemory spare = new SpareMemory(plan.lanes().limits().memory(), () -> writers.held() + windowKeys.held());
        Upkeep upkeep = Upkeep.start(store, plan.orphanAge(), plan.maintain(), spare, plan.indexDirectory(), clock);
        Erasures erasures = new Erasures(new Erasure(catalog, clock), () -> Reconcile.allTables(catalog), clock);
        Lanes.Collaborators collaborators = new Lanes.Collaborators(
                plan.routes(),
                tables,
                store,
                writers,
                () -> writers.held() + windowKeys.held() + spare.held(),
                schemas,
                plan.quarantine(),
                new HeldRejectsScan(tables, plan.quarantine()),
                register,
                windowKeys,
                () -> new Rejects(rejects, writers::hold),
                commits,
                clock);
        Lanes lanes;
        try {
            lanes = Lanes.start(plan.lanes(), collaborators);
        } catch (RuntimeException e) {
            // whatever it is: who starts the sink tries again
            erasures.close();
            upkeep.close();
            commits.close();
            throw e;
        }
        Decider decider = new Decider(store, register, plan.quarantine(), lanes::topics, clock);
        return new Sink(store, commits, lanes, decider, upkeep, erasures, new Publisher(tables));
    }

    public List<LaneStatus> lanes() {
        return lanes.status();
    }

    public boolean isAlive() {
        return lanes.areAlive();
    }

    /** The table as it is now. Throws what the catalog throws while it can't be asked. */
    public Optional<TableView> table(TableIdentifier name) {
        return store.view(name);
    }

    /** Carries out what an operator decides about a table that has stopped, as {@link Decider#decide} says. */
    public Decision decide(TableIdentifier table, Decision.Kind kind, String by) {
        return decider.decide(table, kind, by);
    }

    /** What keeps the tables in order. */
    public Upkeep upkeep() {
        return upkeep;
    }

    /** What erases keys from all tables of the catalog. */
    public Erasures erasures() {
        return erasures;
    }

    /** What shows to readers what was committed to a branch. */
    public Publisher publisher() {
        return publisher;
    }

    /** Ends without committing what is open, within a bounded time. */
    public void abandon() {
        erasures.close();
        upkeep.close();
        lanes.abandon();
        commits.close(Duration.ofSeconds(1));
    }

    /** Commits what is open, leaves the group, and ends, within a bounded time. */
    @Override
    public void close() {
        erasures.close();
        upkeep.close();
        lanes.close();
        commits.close();
    }
}
