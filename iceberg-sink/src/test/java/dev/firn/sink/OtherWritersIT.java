package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others do to a table, and to its topic, while a sink appends to it. It just goes on. */
class OtherWritersIT {
    private final TestSink test = new TestSink();
    private final String topic = test.topic("events", 1);
    private final TableIdentifier name = TableIdentifier.parse(topic);
    private int produced;

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldGoOnWhenAnotherEngineCompactsAndExpiresAllThatTheSinkCommitted() {
        // Given
        test.start();
        produce(100);

        // When
        compact();
        produce(100);
        compact();
        expireAllButTheLast();
        produce(100);

        // Then
        requireAllOnce();
    }

    @Test
    void shouldReadAgainWhatARollbackTookAway() {
        // Given
        test.start();
        produce(100);
        long before = table().currentSnapshot().snapshotId();
        produce(100);

        // When
        table().manageSnapshots().rollbackTo(before).commit();
        produce(100);

        // Then
        requireAllOnce();
    }

    @Test
    void shouldGoOnInTheRenamedColumnWhenOneIsRenamedByHand() {
        // Given
        test.start();
        produce(100);

        // When
        table().updateSchema().renameColumn("text", "words").commit();
        produce(100);

        // Then
        requireAllOnce();
        assertThat(test.rows(name).stream().filter(row -> row.getField("words") != null))
                .hasSize(200);
        assertThat(table().schema().findField("text")).isNull();
    }

    private Table table() {
        return test.catalog.loadTable(name);
    }

    private void produce(int count) {
        test.produce(topic, Events.values(test.registry, topic, produced, count));
        produced += count;
        test.awaitRows(name, produced);
    }

    /** All rows into one new file. */
    private void compact() {
        Table table = table();
        RewriteFiles rewrite = table.newRewrite();
        rewrite.validateFromSnapshot(table.currentSnapshot().snapshotId());
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            files.forEach(file -> rewrite.deleteFile(file.file()));
            rewrite.addFile(merged(table));
            rewrite.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataFile merged(Table table) throws IOException {
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .build()
                .newDataWriter(
                        EncryptedFiles.encryptedOutput(table.io().newOutputFile(location), EncryptionKeyMetadata.EMPTY),
                        table.spec(),
                        null);
        try (writer) {
            test.rows(name).forEach(writer::write);
        }
        return writer.toDataFile();
    }

    private void expireAllButTheLast() {
        table().expireSnapshots()
                .expireOlderThan(System.currentTimeMillis())
                .retainLast(1)
                .commit();
    }

    private void requireAllOnce() {
        test.requireOnce(name, produced);
        assertThat(test.reconcile(name).faults()).isEmpty();
    }
}
