package dev.firn.sink.maintain;

import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Changes;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.TableCommit;
import dev.firn.sink.commit.TableRegister;
import dev.firn.sink.table.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** A table that a sink commits to. Its files hold nothing, but are there. */
final class KeptTable {
    static final Source SOURCE = new Source("events", 0);
    private static final Schema SCHEMA = new Schema(Types.NestedField.required(1, "n", Types.LongType.get()));

    final IcebergTableStore store;
    final Table table;
    private final TableIdentifier name;
    private long next;

    KeptTable(Catalog catalog, TableIdentifier name) {
        this.name = name;
        this.table = catalog.createTable(name, SCHEMA);
        Tables tables = new Tables(catalog);
        this.store = new IcebergTableStore(
                tables,
                new TableRegister(Optional::empty, () -> {
                    throw new AssertionError("nobody rejects");
                }),
                (each, proposal) -> Changes.append(proposal),
                "test");
    }

    /** A commit of one file, of the next offset. */
    TableCommit next(Instant begin) {
        long offset = next++;
        Advance advance = Advance.of(List.of(new OffsetRange(SOURCE, offset, offset + 1, 1, 0)));
        return store.prepare(
                name,
                Proposal.of(advance, List.of(file(write("data"))), 1, Optional.empty())
                        .withBegin(begin));
    }

    /** A file that nothing refers to. */
    String write(String folder) {
        String location = table.location() + "/" + folder + "/" + UUID.randomUUID() + ".parquet";
        try (OutputStream out = table.io().newOutputFile(location).create()) {
            out.write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return location;
    }

    static DataFile file(String location) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(location)
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build();
    }

    boolean exists(String location) {
        try {
            return table.io().newInputFile(location).exists();
        } catch (NotFoundException e) {
            // files in memory say it so
            return false;
        }
    }

    /** Through the manifests, of any snapshot. */
    List<String> files(long snapshot) {
        table.refresh();
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshot).planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
