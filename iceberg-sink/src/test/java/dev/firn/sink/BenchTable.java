package dev.firn.sink;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableRegister;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.maintain.Kept;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** A table that gets small files, and is kept in order meanwhile, by packing or without; but only while it is committed to. */
final class BenchTable {
    private final IcebergTableStore store;
    private final TableIdentifier name;
    private final Table table;
    private final int rowsOfFile;
    private final List<Long> nanos = new ArrayList<>();
    /** Held by upkeep while it works, and by whoever has it halt. */
    private final Semaphore turn = new Semaphore(0, true);

    private long rows;
    private int again;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger packed = new AtomicInteger();
    private volatile boolean over;

    /** Makes it.
     *
     * @param rowsOfFile of each file, numbered from 0 on in their first column
     */
    BenchTable(TestSink test, String name, Schema schema, int rowsOfFile) {
        Tables tables = new Tables(test.catalog);
        this.store = new IcebergTableStore(
                tables,
                new TableRegister(() -> tables.load(test.quarantine), () -> test.catalog.loadTable(test.quarantine)),
                new TableIndexes(KeySpace.onHeap()),
                "bench");
        this.name = TableIdentifier.of(test.space, name);
        this.rowsOfFile = rowsOfFile;
        this.table = test.catalog.createTable(this.name, schema);
    }

    Table table() {
        return table;
    }

    /** Merges manifests, and packs each time that so many commits have come, until it is over. */
    Thread keep(boolean packing, int every) {
        Thread thread = new Thread(() -> keepOn(packing, every), "upkeep " + name);
        thread.start();
        return thread;
    }

    private void keepOn(boolean packing, int every) {
        turn.acquireUninterruptibly();
        int next = every;
        while (!over) {
            if (commits.get() >= next) {
                next = commits.get() + every;
                round(packing);
            }
            rest(Duration.ofMillis(10));
        }
        turn.release();
    }

    private void round(boolean packing) {
        Table now = store.intact(name).orElseThrow();
        if (packing) {
            packed.addAndGet(Kept.round(now, this::rest));
        } else {
            Kept.merge(now);
        }
    }

    private void rest(Duration time) {
        turn.release();
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turn.acquireUninterruptibly();
    }

    void end() {
        over = true;
        turn.release();
    }

    /** Commits these; upkeep goes on until it returns. */
    void ingest(List<List<DataFile>> windows, Duration pause) throws InterruptedException {
        turn.release();
        for (List<DataFile> files : windows) {
            TableCommit commit = store.prepare(name, proposal(files));
            long began = System.nanoTime();
            Outcome outcome = commit.attempt();
            while (outcome instanceof Outcome.Conflict) {
                again++;
                outcome = commit.attempt();
            }
            nanos.add(System.nanoTime() - began);
            commit.settle(outcome);
            if (!(outcome instanceof Outcome.Committed)) {
                throw new IllegalStateException("not committed: " + outcome);
            }
            commits.incrementAndGet();
            Thread.sleep(pause.toMillis());
        }
        turn.acquire();
    }

    private Proposal proposal(List<DataFile> files) {
        long start = rows;
        rows += (long) files.size() * rowsOfFile;
        OffsetRange range = new OffsetRange(new Source("bench", 0), start, rows, rows - start, 0);
        return Proposal.of(
                new Advance(List.of(range), List.of(), Optional.empty(), Map.of()), files, 1, Optional.empty());
    }

    /** Packs all that there is. */
    void pack() {
        Kept.pack(store.intact(name).orElseThrow()).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    void show(String what) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "%-40s %8.1f %8.1f %8.1f %8d %8d %8d%n",
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 95 / 100) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                again,
                packed.get(),
                files());
    }

    int files() {
        table.refresh();
        int files = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask ignored : tasks) {
                files++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** How long it takes, in seconds. Every row has to be there, once. */
    double read() {
        long began = System.nanoTime();
        long count = 0;
        long sum = 0;
        table.refresh();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record each : records) {
                count++;
                sum += (Long) each.get(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (count != rows || sum != rows * (rows - 1) / 2) {
            throw new IllegalStateException("%d rows of %d, sum %d".formatted(count, rows, sum));
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
