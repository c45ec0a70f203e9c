package dev.firn.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * What packing costs ingestion, and what it gains: so many small files are committed to two tables in a JDBC catalog and S3, ten at
 * a time, by turns, so that what else the machine does is the same for both. One is packed meanwhile, by what a sink does in
 * production, where a window is committed every five seconds and files are looked for every five minutes, every 60 commits; here every
 * 20 commits, some ten a second, so that it is at it nearly all of the time. Then both are packed to the end, and read.
 */
final class MaintainBench {
    private static final int FILES = 10;
    private static final int ROWS = 100;
    private static final int TURNS = 10;
    private static final int BETWEEN_PLANS = 20;
    private static final Duration PAUSE = Duration.ofMillis(30);
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "n", Types.LongType.get()),
            Types.NestedField.required(2, "text", Types.StringType.get()));

    private final TestSink test;

    private MaintainBench(TestSink test) {
        this.test = test;
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (TestSink test = new TestSink()) {
            new MaintainBench(test).run(Integer.parseInt(arguments[0]));
        }
        System.exit(0);
    }

    private void run(int count) throws InterruptedException {
        test.catalog.createNamespace(Namespace.of(test.space));
        BenchTable without = table("without");
        BenchTable with = table("with");
        List<List<DataFile>> files = write(without.table(), count / FILES);
        warmUp(files);
        List<Thread> upkeep = List.of(without.keep(false, BETWEEN_PLANS), with.keep(true, BETWEEN_PLANS));
        for (int turn = 0; turn < TURNS; turn++) {
            List<List<DataFile>> some = files.subList(turn * files.size() / TURNS, (turn + 1) * files.size() / TURNS);
            (turn % 2 == 0 ? without : with).ingest(some, PAUSE);
            (turn % 2 == 0 ? with : without).ingest(some, PAUSE);
        }
        System.out.printf(
                "%-40s %8s %8s %8s %8s %8s %8s%n",
                "commit of 10 files", "p50 ms", "p95", "p99", "again", "packed", "files");
        without.show("without packing");
        with.show("with packing");
        without.end();
        with.end();
        for (Thread each : upkeep) {
            each.join();
        }
        compare(without, with, files);
    }

    private BenchTable table(String name) {
        return new BenchTable(test, name, SCHEMA, ROWS);
    }

    /** What all use. */
    private void warmUp(List<List<DataFile>> files) throws InterruptedException {
        BenchTable warm = table("warm");
        Thread upkeep = warm.keep(true, FILES);
        warm.ingest(files.subList(0, files.size() / TURNS), PAUSE);
        warm.end();
        upkeep.join();
    }

    private void compare(BenchTable without, BenchTable with, List<List<DataFile>> files) throws InterruptedException {
        double unpacked = without.read();
        without.pack();
        with.pack();
        int rows = files.size() * FILES * ROWS;
        BenchTable batch = new BenchTable(test, "batch", SCHEMA, rows);
        batch.ingest(List.of(List.of(file(batch.table(), 0, rows))), Duration.ZERO);
        System.out.printf("%-40s %8s %8s%n", "in the end", "files", "read, s");
        System.out.printf("%-40s %8d %8.1f%n", "never packed", files.size() * FILES, unpacked);
        System.out.printf("%-40s %8d %8.1f%n", "packed afterwards", without.files(), without.read());
        System.out.printf("%-40s %8d %8.1f%n", "packed all along", with.files(), with.read());
        System.out.printf("%-40s %8d %8.1f%n", "a batch load", batch.files(), batch.read());
    }

    /** Files for so many commits, which any table of this schema can take. */
    private static List<List<DataFile>> write(Table table, int commits) {
        return IntStream.range(0, commits)
                .mapToObj(commit -> IntStream.range(0, FILES)
                        .parallel()
                        .mapToObj(i -> file(table, (commit * FILES + i) * ROWS, ROWS))
                        .toList())
                .toList();
    }

    private static DataFile file(Table table, int first, int rows) {
        String location = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .createWriterFunc(type -> GenericParquetWriter.create(SCHEMA, type))
                    .build();
            try (writer) {
                LongStream.range(first, first + rows).forEach(n -> {
                    Record row = GenericRecord.create(SCHEMA);
                    row.setField("n", n);
                    row.setField("text", UUID.randomUUID().toString());
                    writer.write(row);
                });
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
