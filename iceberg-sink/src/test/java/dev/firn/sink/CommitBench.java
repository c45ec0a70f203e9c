package dev.firn.sink;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableRegister;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import dev.firn.sink.write.BenchRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/**
 * How long a commit of two files takes when the table is new, has a thousand snapshots, and has a hundred thousand files, in
 * a JDBC catalog and S3. The files are named and described, but not there.
 */
final class CommitBench {
    private static final int COMMITS = 100;
    private static final int PARTITIONS = 32;
    private static final Schema SCHEMA = new Schema(AvroSchemaUtil.convert(BenchRecords.FLAT.schema())
            .asNestedType()
            .asStructType()
            .fields());

    private final IcebergTableStore store;
    private final TableIdentifier table;
    private long offset;

    private CommitBench(TestSink test, String name) {
        Tables tables = new Tables(test.catalog);
        store = new IcebergTableStore(
                tables,
                new TableRegister(() -> tables.load(test.quarantine), () -> test.catalog.loadTable(test.quarantine)),
                new TableIndexes(new KeySpace(1 << 20, Path.of("target"))),
                "bench");
        table = TableIdentifier.of(test.space, name);
        if (!test.catalog.namespaceExists(Namespace.of(test.space))) {
            test.catalog.createNamespace(Namespace.of(test.space));
        }
        test.catalog.createTable(table, SCHEMA);
    }

    public static void main(String[] arguments) {
        try (TestSink test = new TestSink()) {
            // the first one warms up what all use
            new CommitBench(test, "warm").commits(COMMITS, 2);
            System.out.printf("%-40s %9s %9s%n", "commit of 2 files, in milliseconds", "p50", "p99");
            CommitBench many = new CommitBench(test, "snapshots");
            show("new table", many.commits(COMMITS, 2));
            many.commits(1000 - 2 * COMMITS, 2);
            show("900 to 1,000 snapshots", many.commits(COMMITS, 2));
            CommitBench large = new CommitBench(test, "files");
            large.commits(COMMITS, 1000);
            show("100,000 files, 100 to 200 snapshots", large.commits(COMMITS, 2));
        }
        System.exit(0);
    }

    private static void show(String what, List<Long> nanos) {
        Collections.sort(nanos);
        System.out.printf(
                "%-40s %9.1f %9.1f%n",
                what, nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 99 / 100) / 1e6);
    }

    private List<Long> commits(int count, int files) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Proposal proposal = proposal(files);
            long began = System.nanoTime();
            Outcome outcome = store.prepare(table, proposal).attempt();
            nanos.add(System.nanoTime() - began);
            if (!(outcome instanceof Outcome.Committed)) {
                throw new IllegalStateException("not committed: " + outcome);
            }
        }
        return nanos;
    }

    private Proposal proposal(int files) {
        long start = offset++;
        List<OffsetRange> ranges = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new OffsetRange(new Source("bench", partition), start, start + 1, 1, 0))
                .toList();
        List<DataFile> added = IntStream.range(0, files).mapToObj(i -> file()).toList();
        return Proposal.of(new Advance(ranges, List.of(), Optional.empty(), Map.of()), added, 1, Optional.empty());
    }

    private DataFile file() {
        Map<Integer, Long> counts = new HashMap<>();
        Map<Integer, ByteBuffer> bounds = new HashMap<>();
        for (Types.NestedField field : SCHEMA.columns()) {
            counts.put(field.fieldId(), 1000L);
            bounds.put(field.fieldId(), ByteBuffer.wrap("0123456789ab".getBytes(StandardCharsets.UTF_8)));
        }
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("s3://bench/" + UUID.randomUUID() + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(1 << 20)
                .withMetrics(new Metrics(1000L, counts, counts, counts, Map.of(), bounds, bounds))
                .build();
    }
}
