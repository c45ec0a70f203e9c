package dev.firn.sink.commit;

import dev.firn.sink.keys.KeyDigest;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.keys.KeySpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A table with a key, and files of rows for it. */
final class KeyedTable {
    static final String TOPIC = "shop.customers";
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.IntegerType.get()),
            Types.NestedField.required(2, "place", Types.StringType.get()),
            Types.NestedField.required(3, "_topic", Types.StringType.get()),
            Types.NestedField.required(4, "_kafka_partition", Types.IntegerType.get()),
            Types.NestedField.required(5, "_offset", Types.LongType.get()));

    final Table table;
    private final Catalog catalog;
    private final TableIdentifier name;
    private final KeyDigest digest = new KeyDigest();

    /** A version of a key.
     *
     * @param place null if it is deleted; the table is partitioned by it
     */
    record Version(
            Source source, long offset, int id, @Nullable String place) {}

    KeyedTable(Catalog catalog, TableIdentifier name, int formatVersion) {
        this.catalog = catalog;
        this.name = name;
        PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("place").build();
        this.table = catalog.createTable(
                name, SCHEMA, spec, Map.of("format-version", Integer.toString(formatVersion), "firn.mode", "upsert"));
    }

    KeyHash key(int id) {
        digest.add(id);
        return digest.hash();
    }

    /** A proposal of versions that follow each other, by source. */
    Proposal proposal(List<Version> versions, List<OffsetRange> ranges) {
        Instant begin = Instant.now();
        Map<String, Out> open = new TreeMap<>();
        KeyedRows keys = new KeyedRows(List.of("id"), KeySpace.onHeap());
        for (Version version : versions) {
            if (version.place() == null) {
                keys.deleted(version.source(), key(version.id()), version.offset());
            } else {
                Out out = open.computeIfAbsent(version.place(), this::open);
                out.add(row(version));
                keys.written(version.source(), key(version.id()), version.offset(), out.location, out.rows - 1);
            }
        }
        List<DataFile> files = open.values().stream().map(Out::complete).toList();
        return Proposal.of(Advance.of(ranges), files, 1, Optional.empty())
                .withKeys(List.of(keys))
                .withBegin(begin);
    }

    private static Record row(Version version) {
        Record row = GenericRecord.create(SCHEMA);
        row.setField("id", version.id());
        row.setField("place", version.place());
        row.setField("_topic", version.source().topic());
        row.setField("_kafka_partition", version.source().partition());
        row.setField("_offset", version.offset());
        return row;
    }

    /** Writes what lives in a place into one new file, as another engine's compaction does. */
    void compact(String place) {
        RewriteFiles rewrite = table.newRewrite();
        List<FileScanTask> old = files().stream()
                .filter(task -> place.equals(task.file().partition().get(0, String.class)))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        rewrite.validateFromSnapshot(table.currentSnapshot().snapshotId());
        old.forEach(task -> rewrite.deleteFile(task.file()));
        Out out = open(place);
        rows().stream().filter(row -> place.equals(row.getField("place"))).forEach(out::add);
        if (out.rows > 0) {
            rewrite.addFile(out.complete());
        }
        rewrite.commit();
    }

    /** Forgets all snapshots but the current one, with the files that only they have, if that one has the ledger. */
    void expire() {
        table.refresh();
        Snapshot current = table.currentSnapshot();
        if (current != null && current.summary().containsKey(Ledgers.LEDGER)) {
            table.expireSnapshots()
                    .expireOlderThan(Long.MAX_VALUE)
                    .retainLast(1)
                    .commit();
        }
    }

    /** Makes it a table of version 3. */
    void useVectors() {
        table.refresh();
        table.updateProperties().set("format-version", "3").commit();
    }

    List<FileScanTask> files() {
        table.refresh();
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> all = table.newScan().planFiles()) {
            all.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    /** As any reader sees them. */
    List<Record> rows() {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read =
                IcebergGenerics.read(catalog.loadTable(name)).build()) {
            read.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private Out open(String place) {
        PartitionKey partition = new PartitionKey(table.spec(), SCHEMA);
        partition.set(0, place);
        String location = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            return new Out(
                    location,
                    Parquet.writeData(table.io().newOutputFile(location))
                            .schema(SCHEMA)
                            .withSpec(table.spec())
                            .withPartition(partition)
                            .createWriterFunc(type -> GenericParquetWriter.create(SCHEMA, type))
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Out {
        private final String location;
        private final DataWriter<Record> writer;
        private long rows;

        private Out(String location, DataWriter<Record> writer) {
            this.location = location;
            this.writer = writer;
        }

        private void add(Record row) {
            writer.write(row);
            rows++;
        }

        private DataFile complete() {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return writer.toDataFile();
        }
    }
}
