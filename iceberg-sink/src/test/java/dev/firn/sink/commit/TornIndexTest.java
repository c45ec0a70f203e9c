package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.sink.commit.KeyedTable.Version;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.OtherOperations;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.junit.jupiter.api.Test;

/** A read of the table's keys that memory gave out in. */
class TornIndexTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "customers");
    private static final Source SOURCE = new Source(KeyedTable.TOPIC, 0);

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final KeyedTable keyed = new KeyedTable(catalog, NAME, 3);

    @Test
    void shouldReplaceEveryKeyWhenAnErrorEndedTheReadBefore() {
        // Given
        List<Version> first = List.of(new Version(SOURCE, 0, 1, "north"), new Version(SOURCE, 1, 2, "south"));
        commit(store(new TableIndexes(KeySpace.onHeap())), keyed.proposal(first, range(0, 2)));
        TableIndexes indexes = new TableIndexes(KeySpace.onHeap());
        List<Version> second = List.of(new Version(SOURCE, 2, 1, "west"), new Version(SOURCE, 3, 2, "west"));
        Proposal proposal = keyed.proposal(second, range(2, 4));
        keyed.table.refresh();

        // When
        assertThatThrownBy(() -> indexes.changes(NAME, proposal).prepare(breaking()))
                .isInstanceOf(OutOfMemoryError.class);
        commit(store(indexes), proposal);

        // Then
        assertThat(keyed.rows()).extracting(row -> row.getField("place")).containsExactly("west", "west");
    }

    private static List<OffsetRange> range(long start, long end) {
        return List.of(new OffsetRange(SOURCE, start, end, end - start, 0));
    }

    private TableStore store(TableIndexes indexes) {
        Tables tables = new Tables(catalog);
        Register nobodyRejects = new TableRegister(Optional::empty, () -> {
            throw new AssertionError("nobody rejects");
        });
        return new IcebergTableStore(tables, nobodyRejects, indexes, "test");
    }

    private static void commit(TableStore store, Proposal proposal) {
        assertThat(store.prepare(NAME, proposal).attempt()).isInstanceOf(Outcome.Committed.class);
    }

    /** The table, whose data files can't be read. */
    private BaseTable breaking() {
        TableOperations operations = ((HasTableOperations) keyed.table).operations();
        return new BaseTable(
                new Reading(operations, file -> {
                    if (file.endsWith(".parquet")) {
                        throw new OutOfMemoryError("none for " + file);
                    }
                    return file;
                }),
                NAME.toString());
    }

    private static final class Reading extends OtherOperations {
        private Reading(TableOperations table, UnaryOperator<String> fault) {
            super(table, new Io(table.io(), fault));
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            table.commit(base, metadata);
        }
    }

    private record Io(FileIO io, UnaryOperator<String> fault) implements FileIO {
        private static final long serialVersionUID = 1;

        @Override
        public InputFile newInputFile(String path) {
            return io.newInputFile(fault.apply(path));
        }

        @Override
        public OutputFile newOutputFile(String path) {
            return io.newOutputFile(path);
        }

        @Override
        public void deleteFile(String path) {
            io.deleteFile(path);
        }
    }
}
