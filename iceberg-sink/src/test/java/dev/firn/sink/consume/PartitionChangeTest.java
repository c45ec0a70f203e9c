package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.PartitionTransform;
import dev.firn.serde.WireFormat;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.Repartitioning;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.Tables;
import dev.firn.sink.upsert.TableIndexes;
import dev.firn.sink.write.ParquetWriters;
import dev.firn.sink.write.SchemasById;
import dev.firn.sink.write.WriteLimits;
import dev.firn.sink.write.WrittenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table's partitioning follows the configuration, in the commit of the first rows that are partitioned so. */
class PartitionChangeTest {
    private static final TableIdentifier NAME = TableIdentifier.of("shop", "things");
    private static final Source SOURCE = new Source("things", 0);

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final SchemasById registry = new SchemasById();
    private final WriterSchemas schemas = new WriterSchemas(registry);
    private final int plain = registry.add(schema("{'name':'id','type':'int'},{'name':'n','type':'int'}"));
    private final int withX =
            registry.add(schema("{'name':'id','type':'int'},{'name':'n','type':'int'},{'name':'x','type':'int'}"));
    private Tables tables = new Tables(catalog);
    private IcebergTableStore store = store();
    private long offset;

    @BeforeEach
    void begin() {
        catalog.initialize("firn", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "/" + UUID.randomUUID()));
        tables = new Tables(catalog);
        store = store();
    }

    private IcebergTableStore store() {
        return new IcebergTableStore(tables, new NoRegister(), new TableIndexes(KeySpace.onHeap()), "test");
    }

    @Test
    void shouldPartitionNewFilesByTheNewSpecInTheCommitThatAddsThem() {
        // Given
        Target before = target(List.of());
        commit(before, files(before, plain, 1, 1));
        TableMetadata start = metadata();
        Target after = target(List.of()).partitioned(by("bucket(4, x), n"));

        // When: the column that it takes comes with the same rows
        TableRecordFiles files = files(after, plain, 2, 2, withX, 3, 3, 3);
        WrittenFiles written = files.complete();
        String between = metadata().metadataFileLocation();
        commit(after, files, written);

        // Then
        assertThat(between).isEqualTo(start.metadataFileLocation());
        assertThat(metadata().previousFiles()).hasSize(start.previousFiles().size() + 1);
        assertThat(names()).containsExactly("x_bucket", "n");
        assertThat(dataFiles()).extracting(task -> task.file().specId()).containsExactlyInAnyOrder(0, 0, 1);
        assertThat(rows()).containsExactly("1 1 null", "2 2 null", "3 3 3");
    }

    @Test
    void shouldGoBackToASpecThatTheTableHadWhenTheConfigurationDoes() {
        // Given
        Target plainly = target(List.of()).partitioned(by(""));
        Target sixteen = target(List.of()).partitioned(by("bucket(16, id)"));
        Target thirtyTwo = target(List.of()).partitioned(by("bucket(32, id)"));

        // When
        commit(sixteen, files(sixteen, plain, 1, 1));
        commit(thirtyTwo, files(thirtyTwo, plain, 2, 2));
        List<String> second = names();
        commit(plainly, files(plainly, plain, 3, 3));
        List<String> third = names();
        commit(sixteen, files(sixteen, plain, 4, 4));

        // Then
        assertThat(second).containsExactly("id_bucket_32");
        assertThat(third).isEmpty();
        assertThat(names()).containsExactly("id_bucket");
        assertThat(dataFiles()).extracting(task -> task.file().specId()).containsExactlyInAnyOrder(0, 1, 2, 0);
        assertThat(rows()).containsExactly("1 1", "2 2", "3 3", "4 4");
    }

    @Test
    void shouldLeaveThePartitioningWhenNoColumnIsThereForIt() {
        // Given
        Target wrong = target(List.of()).partitioned(by("day(id), nothing"));

        // When
        commit(wrong, files(wrong, plain, 1, 1));
        TableRecordFiles files = files(wrong, plain, 2, 2);

        // Then
        assertThat(files.growth()).isEmpty();
        commit(wrong, files);
        assertThat(names()).isEmpty();
        assertThat(rows()).containsExactly("1 1", "2 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldDeleteRowsByTheSpecOfTheirFilesWhenTheTableHasAKey(int version) {
        // Given
        Target before = target(List.of("id"));
        commit(before, files(before, plain, 1, 1, plain, 2, 2, plain, 3, 3));
        catalog.loadTable(NAME)
                .updateProperties()
                .set("format-version", Integer.toString(Math.max(version, formatVersion())))
                .commit();
        Target after = target(List.of("id")).partitioned(by("n"));

        // When: a key of an old file, one that changes twice in the window, and then one of a new file
        commit(after, files(after, plain, 1, 7, plain, 4, 7, plain, 4, 8));
        commit(after, files(after, plain, 2, 8, plain, 1, 9));

        // Then
        assertThat(rows()).containsExactly("1 9", "2 8", "3 3", "4 8");
        assertThat(names()).containsExactly("n");
        for (FileScanTask task : dataFiles()) {
            assertThat(task.deletes()).allSatisfy(delete -> {
                assertThat(delete.specId()).isEqualTo(task.file().specId());
                assertThat(partition(delete)).isEqualTo(partition(task.file()));
            });
        }
        assertThat(dataFiles().stream().flatMap(task -> task.deletes().stream()).map(ContentFile::specId))
                .contains(0, 1);
    }

    private static Object partition(ContentFile<?> file) {
        return file.specId() == 0 ? "none" : file.partition().get(0, Integer.class);
    }

    private Target target(List<String> key) {
        return new Target(NAME, TableKind.PLAIN, key, ValueFormat.AVRO, Optional.empty());
    }

    private static Repartitioning by(String text) {
        return new Repartitioning(PartitionTransform.parseAll(text));
    }

    /** One record after the other: a schema's id, then its fields' values. */
    private TableRecordFiles files(Target target, int... content) {
        TableRecordFiles files = new TableRecordFiles(
                tables,
                new ParquetWriters(schemas, WriteLimits.DEFAULT),
                schemas,
                new NoRegister(),
                KeySpace.onHeap(),
                target);
        for (int at = 0; at < content.length; ) {
            int id = content[at++];
            byte[] value =
                    new byte[WireFormat.HEADER + registry.byId(id).getFields().size()];
            WireFormat.writeHeader(value, id);
            for (int i = WireFormat.HEADER; i < value.length; i++) {
                value[i] = (byte) (content[at++] << 1);
            }
            files.write(new ConsumerRecord<>(SOURCE.topic(), SOURCE.partition(), offset++, new byte[0], value));
        }
        return files;
    }

    private void commit(Target target, TableRecordFiles files) {
        commit(target, files, files.complete());
    }

    private void commit(Target target, TableRecordFiles files, WrittenFiles written) {
        Advance advance =
                Advance.of(List.of(new OffsetRange(SOURCE, offset - written.rows(), offset, written.rows(), 0)));
        Proposal proposal = Proposal.of(advance, written.files(), written.avroBytes(), Optional.empty())
                .withKeys(files.keys().stream().toList())
                .withGrowth(files.growth().stream().toList());
        assertThat(store.prepare(target.table(), proposal).attempt()).isInstanceOf(Outcome.Committed.class);
    }

    private TableMetadata metadata() {
        return ((HasTableOperations) catalog.loadTable(NAME)).operations().current();
    }

    private int formatVersion() {
        return metadata().formatVersion();
    }

    /** Of the partitioning's fields. */
    private List<String> names() {
        return catalog.loadTable(NAME).spec().fields().stream()
                .map(PartitionField::name)
                .toList();
    }

    private List<FileScanTask> dataFiles() {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> all =
                catalog.loadTable(NAME).newScan().planFiles()) {
            all.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    /** The fields' values, in order. */
    private List<String> rows() {
        Table table = catalog.loadTable(NAME);
        boolean hasX = table.schema().findField("x") != null;
        TreeSet<String> rows = new TreeSet<>();
        try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
            read.forEach(row ->
                    rows.add(row.getField("id") + " " + row.getField("n") + (hasX ? " " + row.getField("x") : "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(rows);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
