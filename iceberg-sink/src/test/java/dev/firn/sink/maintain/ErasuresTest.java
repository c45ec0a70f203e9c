package dev.firn.sink.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasures of tables without rows: what is asked for, and what is told. */
class ErasuresTest {
    private static final Map<String, String> KEY = Map.of("id", "4711");
    private static final TableIdentifier WITH_ID = TableIdentifier.of("a", "with_id");
    private static final TableIdentifier WITHOUT = TableIdentifier.of("a", "without");

    @TempDir
    private Path folder;

    private final CountDownLatch mayLoad = new CountDownLatch(1);
    private Slow catalog;
    private Erasures erasures;

    /** Lets an erasure go on when the test says so. */
    private final class Slow extends HadoopCatalog {
        @Override
        public Table loadTable(TableIdentifier name) {
            if (Thread.currentThread().getName().equals("erase")) {
                try {
                    mayLoad.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.loadTable(name);
        }
    }

    @BeforeEach
    void start() {
        catalog = new Slow();
        catalog.setConf(new Configuration(false));
        catalog.initialize("test", Map.of("warehouse", folder.toUri().toString()));
        catalog.createNamespace(Namespace.of("a"));
        catalog.createTable(WITH_ID, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())));
        catalog.createTable(WITHOUT, new Schema(Types.NestedField.optional(1, "name", Types.StringType.get())));
        List<TableIdentifier> tables = List.of(WITH_ID, WITHOUT);
        erasures = new Erasures(new Erasure(catalog, Clock.systemUTC()), () -> tables, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        mayLoad.countDown();
        erasures.close();
        catalog.close();
    }

    @Test
    void shouldTellHowFarItIsWhileItRunsAndWhenItIsDone() {
        // When
        ErasureJob job = erasures.begin(KEY, false);

        // Then
        assertThat(job.state()).isEqualTo(ErasureJob.State.RUNNING);
        assertThat(job.tables()).containsOnlyKeys(WITH_ID);
        mayLoad.countDown();
        awaitEnd(job);
        assertThat(job.state()).isEqualTo(ErasureJob.State.DONE);
        assertThat(job.tables().get(WITH_ID)).satisfies(table -> {
            assertThat(table.state()).isEqualTo(ErasureJob.State.DONE);
            assertThat(table.found()).isEqualTo(new Erasure.Found(0, 0, 0, List.of()));
        });
        assertThat(job.columns()).containsExactly("id");
        assertThat(job.key()).isEmpty();
    }

    @Test
    void shouldJoinTheSameAndRefuseAnotherWhileOneRuns() {
        // When
        ErasureJob job = erasures.begin(KEY, false);

        // Then
        assertThat(erasures.begin(KEY, false)).isSameAs(job);
        assertThatThrownBy(() -> erasures.begin(KEY, true))
                .isInstanceOfSatisfying(
                        ErasingException.class,
                        refused -> assertThat(refused.id()).isEqualTo(job.id()));
        assertThatThrownBy(() -> erasures.begin(Map.of("id", "1"), false))
                .isInstanceOf(ErasingException.class)
                .hasMessageNotContaining("4711");
        mayLoad.countDown();
        awaitEnd(job);
        ErasureJob again = erasures.begin(KEY, false);
        assertThat(again).isNotSameAs(job);
        assertThat(erasures.last()).containsExactly(again, job);
    }

    @Test
    void shouldBeginNothingWhenAValueIsNoneOfItsColumns() {
        assertThatThrownBy(() -> erasures.begin(Map.of("id", "jane"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id")
                .hasMessageNotContaining("jane");
        assertThatThrownBy(() -> erasures.begin(Map.of(), false)).isInstanceOf(IllegalArgumentException.class);
        assertThat(erasures.last()).isEmpty();
    }

    @Test
    void shouldSayThatATableFailedWhenItCanNotBeRead() {
        // Given
        ErasureJob job = erasures.begin(KEY, false);
        catalog.dropTable(WITH_ID);

        // When
        mayLoad.countDown();
        awaitEnd(job);

        // Then
        assertThat(job.state()).isEqualTo(ErasureJob.State.FAILED);
        assertThat(job.tables().get(WITH_ID))
                .satisfies(table -> assertThat(table.failure()).isEqualTo("NoSuchTableException"));
    }

    @Test
    void shouldSayThatNotAllWasDoneWhenTheProcessEnds() {
        // Given
        ErasureJob job = erasures.begin(KEY, false);

        // When
        erasures.close();

        // Then
        awaitEnd(job);
        assertThat(job.state()).isEqualTo(ErasureJob.State.FAILED);
    }

    private static void awaitEnd(ErasureJob job) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job.ended().isPresent());
    }
}
