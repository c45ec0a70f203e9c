package dev.firn.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.firn.sink.table.Tables;
import dev.firn.sink.write.WrittenFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.junit.jupiter.api.Test;

/** Rounds in which something throws that must not. */
class RoundTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "activity");
    private static final TableIdentifier QUARANTINE = TableIdentifier.of("bronze", "quarantine");

    private final FaultyCatalog catalog = FaultyCatalog.fresh();
    private final Table table = catalog.create(NAME);
    private final List<WindowEnd> ends = new ArrayList<>();

    @Test
    void shouldHoldWindowsWhenTheListenerThrows() {
        // Given
        Committer committer = committer(new CommitListener() {
            @Override
            public void attempted(TableIdentifier of, Outcome outcome, Duration took) {
                throw new IllegalStateException("attempted");
            }

            @Override
            public void held(
                    TableIdentifier of, Proposal proposal, List<Window> windows, OptionalLong snapshot, Instant at) {
                throw new NoClassDefFoundError("held");
            }
        });
        committer.submit(window(0, rows("a"), ends::add));
        committer.submit(window(1, rows("b"), ends::add));

        // When
        List<Throwable> thrown = run(committer);

        // Then
        assertThat(thrown).isEmpty();
        assertThat(ends).hasSize(2).allMatch(WindowEnd.Held.class::isInstance);
        assertThat(held()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldTellTheOthersWhenOneIsNotToBeTold() {
        // Given
        Committer committer = committer(CommitListener.NONE);
        committer.submit(window(0, rows("a"), end -> {
            throw new IllegalStateException("no room for keys");
        }));
        committer.submit(window(1, rows("b"), ends::add));

        // When
        List<Throwable> thrown = run(committer);

        // Then
        assertThat(thrown).isEmpty();
        assertThat(ends).hasSize(1).allMatch(WindowEnd.Held.class::isInstance);
        assertThat(held()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldDropWindowsAndKeepTheirFilesWhenAnErrorFollowsACommit() {
        // Given
        Committer committer = committer(CommitListener.NONE);
        committer.submit(window(0, rows("a"), ends::add));
        committer.submit(window(1, rows("b"), ends::add));
        catalog.next(real -> {
            real.run();
            throw new OutOfMemoryError("none, after the catalog has answered");
        });

        // When
        List<Throwable> thrown = run(committer);

        // Then
        assertThat(thrown).hasSize(1).allMatch(OutOfMemoryError.class::isInstance);
        assertThat(ends).hasSize(2).allMatch(WindowEnd.Dropped.class::isInstance);
        assertThat(held()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldNotCompleteFilesAgainWhenAnErrorEndedThat() {
        // Given
        Files broken = rows("broken");
        broken.error = Optional.of(new OutOfMemoryError("none, while the last bytes are sent"));
        Committer committer = committer(CommitListener.NONE);
        committer.submit(window(0, broken, ends::add));
        committer.submit(window(0, rows("next"), ends::add));

        // When
        List<Throwable> thrown = run(committer);

        // Then
        assertThat(thrown).hasSize(1).allMatch(OutOfMemoryError.class::isInstance);
        assertThat(broken.log).containsExactly("complete", "abort");
        assertThat(ends.get(0)).isInstanceOf(WindowEnd.Dropped.class);
        assertThat(held()).doesNotContain("broken");
    }

    private Committer committer(CommitListener listener) {
        Tables tables = new Tables(catalog);
        Register register = new TableRegister(() -> tables.load(QUARANTINE), () -> catalog.loadTable(QUARANTINE));
        TableStore store =
                new IcebergTableStore(tables, register, (name, proposal) -> Changes.append(proposal), "test");
        return new Committer(new CommitDesk(store, QUARANTINE, listener, Clock.systemUTC()));
    }

    /** Until there is nothing to be done.
     *
     * @return what steps have thrown
     */
    private static List<Throwable> run(Committer committer) {
        List<Throwable> thrown = new ArrayList<>();
        for (int step = 0; step < 20 && committer.isBusy(NAME); step++) {
            Optional.ofNullable(catchThrowable(() -> committer.step(NAME))).ifPresent(thrown::add);
        }
        assertThat(committer.isBusy(NAME)).isFalse();
        return thrown;
    }

    private Files rows(String name) {
        ((InMemoryFileIO) table.io()).addFile(name, new byte[1]);
        return new Files(List.of(DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(name)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build()));
    }

    private static Window window(int partition, Files rows, Consumer<WindowEnd> reply) {
        OffsetRange range = new OffsetRange(new Source("raw.activity", partition), 0, 1, 1, 0);
        return new Window(
                NAME,
                Advance.of(List.of(range)),
                rows,
                List.of(),
                new Files(List.of()),
                "lane",
                new Tally(new RecordTimes(0), Map.of()),
                Instant.EPOCH,
                Optional.empty(),
                reply);
    }

    /** What the table holds, all of which there must be. */
    private List<String> held() {
        table.refresh();
        List<String> files = new ArrayList<>();
        for (FileScanTask task : table.newScan().planFiles()) {
            String file = task.file().location();
            assertThat(((InMemoryFileIO) table.io()).fileExists(file)).as(file).isTrue();
            files.add(file);
        }
        return files;
    }

    private static final class Files implements WindowFiles {
        private final List<DataFile> files;
        private final List<String> log = new ArrayList<>();
        private Optional<Error> error = Optional.empty();

        private Files(List<DataFile> files) {
            this.files = files;
        }

        @Override
        public WrittenFiles complete() {
            log.add("complete");
            error.ifPresent(thrown -> {
                error = Optional.empty();
                throw thrown;
            });
            return new WrittenFiles(files, files.size(), files.size(), files.size());
        }

        @Override
        public void abort() {
            log.add("abort");
        }
    }
}
