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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * What packing costs ingestion, and what it gains: so many small files are committed to a table in a JDBC catalog and S3, ten at
 * a time, without packing and with it; then the table is packed to the end, and read.
 */
final class MaintainBench {
    private static final int FILES = 10;
    private static final int ROWS = 100;
    private static final long PAUSE_MILLIS = 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "n", Types.LongType.get()),
            Types.NestedField.required(2, "text", Types.StringType.get()));

    private final IcebergTableStore store;
    private final TableIdentifier name;
    private final Table table;
    private final Table upkeeps;
    private long offset;
    private int conflicts;
    private volatile boolean over;

    private MaintainBench(TestSink test, String name) {
        Tables tables = new Tables(test.catalog);
        this.store = new IcebergTableStore(
                tables,
                new TableRegister(() -> tables.load(test.quarantine), () -> test.catalog.loadTable(test.quarantine)),
                new TableIndexes(KeySpace.onHeap()),
                "bench");
        this.name = TableIdentifier.of(test.space, name);
        if (!test.catalog.namespaceExists(Namespace.of(test.space))) {
            test.catalog.createNamespace(Namespace.of(test.space));
        }
        this.table = test.catalog.createTable(this.name, SCHEMA);
        this.upkeeps = test.catalog.loadTable(this.name);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (TestSink test = new TestSink()) {
            int commits = Integer.parseInt(arguments[0]) / FILES;
            MaintainBench without = new MaintainBench(test, "without");
            MaintainBench with = new MaintainBench(test, "with");
            List<List<DataFile>> files = without.write(commits);
            // the first one warms up what all use
            new MaintainBench(test, "warm").ingest(files.subList(0, commits / 10), true);
            System.out.printf(
                    "%-44s %8s %8s %8s %8s%n", "commit of 10 files, in milliseconds", "p50", "p99", "files", "again");
            without.show("without packing", without.ingest(files, false));
            with.show("with packing", with.ingest(files, true));
            System.out.printf("%-44s %26.1f%n", "seconds to read, unpacked", without.read());
            long began = System.nanoTime();
            without.pack();
            System.out.printf("%-44s %26.1f%n", "seconds to pack all of it", (System.nanoTime() - began) / 1e9);
            with.pack();
            System.out.printf("%-44s %26.1f%n", "seconds to read, packed", without.read());
            System.out.printf("%-44s %26d%n", "files in the end, packed afterwards", without.files());
            System.out.printf("%-44s %26d%n", "files in the end, packed all along", with.files());
            with.read();
        }
        System.exit(0);
    }

    private void show(String what, List<Long> nanos) {
        Collections.sort(nanos);
        System.out.printf(
                "%-44s %8.1f %8.1f %8d %8d%n",
                what, nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 99 / 100) / 1e6, files(), conflicts);
    }

    private List<Long> ingest(List<List<DataFile>> windows, boolean packing) throws InterruptedException {
        over = false;
        Thread upkeep = new Thread(() -> upkeep(packing), "upkeep");
        upkeep.start();
        List<Long> nanos = new ArrayList<>();
        for (List<DataFile> files : windows) {
            TableCommit commit = store.prepare(name, proposal(files));
            long began = System.nanoTime();
            Outcome outcome = commit.attempt();
            while (outcome instanceof Outcome.Conflict) {
                conflicts++;
                outcome = commit.attempt();
            }
            nanos.add(System.nanoTime() - began);
            if (!(outcome instanceof Outcome.Committed)) {
                throw new IllegalStateException("not committed: " + outcome);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        over = true;
        upkeep.join();
        return nanos;
    }

    private void upkeep(boolean packing) {
        while (!over) {
            Kept.round(upkeeps, packing);
            LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
        }
    }

    private void pack() {
        Kept.pack(upkeeps).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    private Proposal proposal(List<DataFile> files) {
        long start = offset;
        offset += (long) files.size() * ROWS;
        OffsetRange range = new OffsetRange(new Source("bench", 0), start, offset, offset - start, 0);
        return Proposal.of(
                new Advance(List.of(range), List.of(), Optional.empty(), Map.of()), files, 1, Optional.empty());
    }

    /** Files for so many commits, which any table of this schema can take. */
    private List<List<DataFile>> write(int commits) {
        return IntStream.range(0, commits)
                .mapToObj(commit -> IntStream.range(0, FILES)
                        .parallel()
                        .mapToObj(i -> file((long) (commit * FILES + i) * ROWS))
                        .toList())
                .toList();
    }

    private DataFile file(long first) {
        String location = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .createWriterFunc(type -> GenericParquetWriter.create(SCHEMA, type))
                    .build();
            try (writer) {
                for (long n = first; n < first + ROWS; n++) {
                    Record row = GenericRecord.create(SCHEMA);
                    row.setField("n", n);
                    row.setField("text", UUID.randomUUID().toString());
                    writer.write(row);
                }
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int files() {
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
    private double read() {
        long began = System.nanoTime();
        long rows = 0;
        long sum = 0;
        table.refresh();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record each : records) {
                rows++;
                sum += (Long) each.getField("n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows != offset || sum != offset * (offset - 1) / 2) {
            throw new IllegalStateException("%d rows of %d, sum %d".formatted(rows, offset, sum));
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
