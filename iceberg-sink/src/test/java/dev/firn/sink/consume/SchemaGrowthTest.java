package dev.firn.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.serde.WireFormat;
import dev.firn.sink.commit.Advance;
import dev.firn.sink.commit.Changes;
import dev.firn.sink.commit.IcebergTableStore;
import dev.firn.sink.commit.OffsetRange;
import dev.firn.sink.commit.Outcome;
import dev.firn.sink.commit.Proposal;
import dev.firn.sink.commit.Source;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.Tables;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table's schema changes in the commit of the first rows that need it, and not before. */
class SchemaGrowthTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "things");

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final SchemasById registry = new SchemasById();
    private final WriterSchemas schemas = new WriterSchemas(registry);
    private int commits;
    private Tables tables = new Tables(catalog);
    private IcebergTableStore store =
            new IcebergTableStore(tables, new NoRegister(), (table, proposal) -> Changes.append(proposal), "test");
    private final int plain = registry.add(schema("{'name':'n','type':'int'}"));
    private final int withX = registry.add(schema("{'name':'n','type':'int'},{'name':'x','type':'int'}"));
    private final int withY = registry.add(schema("{'name':'n','type':'int'},{'name':'y','type':'int'}"));
    private final int withBoth =
            registry.add(schema("{'name':'n','type':'long'},{'name':'x','type':'int'},{'name':'y','type':'int'}"));

    @BeforeEach
    void begin() {
        catalog.initialize("firn", Map.of(CatalogProperties.WAREHOUSE_LOCATION, "/" + UUID.randomUUID()));
        tables = new Tables(catalog);
        store = new IcebergTableStore(tables, new NoRegister(), (table, proposal) -> Changes.append(proposal), "test");
        assertThat(commit(files(plain, 2))).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void shouldChangeTheSchemaInTheCommitOfTheRowsThatNeedIt() {
        // Given
        TableMetadata before = metadata();
        TableRecordFiles files = files(plain, 2, withX, 2, 4, plain, 6, withBoth, 8, 10, 12);

        // When
        WrittenFiles complete = files.complete();
        TableMetadata between = metadata();
        Outcome outcome = commit(files, complete);

        // Then
        assertThat(between.metadataFileLocation()).isEqualTo(before.metadataFileLocation());
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        TableMetadata after = metadata();
        assertThat(after.previousFiles()).hasSize(before.previousFiles().size() + 1);
        assertThat(after.currentSnapshot().schemaId()).isEqualTo(after.currentSchemaId());
        assertThat(rows()).containsExactlyInAnyOrder("1 null null", "1 null null", "1 2 null", "3 null null", "4 5 6");
    }

    @Test
    void shouldCommitBothWhenTheyChangeTheSchemaAlike() {
        // Given
        TableRecordFiles first = files(withX, 2, 4);
        TableRecordFiles second = files(withX, 6, 8);

        // When
        Outcome one = commit(first);
        Outcome two = commit(second, second.complete());

        // Then
        assertThat(List.of(one, two)).allMatch(Outcome.Committed.class::isInstance);
        assertThat(rows()).containsExactlyInAnyOrder("1 null", "1 2", "3 4");
    }

    @Test
    void shouldRefuseFilesWhenTheirColumnsBecameOthers() {
        // Given
        TableRecordFiles first = files(withX, 2, 4);
        TableRecordFiles second = files(withY, 6, 8);
        WrittenFiles written = second.complete();

        // When
        Outcome one = commit(first);
        Outcome two = commit(second, written);
        Outcome again = commit(files(withY, 6, 8));

        // Then
        assertThat(one).isInstanceOf(Outcome.Committed.class);
        assertThat(two)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("column y"));
        assertThat(again).isInstanceOf(Outcome.Committed.class);
        assertThat(rows()).containsExactlyInAnyOrder("1 null null", "1 2 null", "3 null 4");
    }

    @Test
    void shouldRefuseFilesWhenTheTableTakesTheirSchemaNoMore() {
        // Given
        TableRecordFiles files = files(withX, 2, 4);
        WrittenFiles written = files.complete();
        catalog.loadTable(NAME)
                .updateSchema()
                .addColumn("x", Types.StringType.get())
                .commit();

        // When
        Outcome outcome = commit(files, written);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(rows()).containsExactly("1 null");
    }

    /** One record after the other: a schema's id, then its fields' values, zig-zag encoded. */
    private TableRecordFiles files(int... content) {
        TableRecordFiles files = new TableRecordFiles(
                tables,
                new ParquetWriters(schemas, WriteLimits.DEFAULT),
                schemas,
                new NoRegister(),
                KeySpace.onHeap(),
                new Target(NAME, TableKind.PLAIN));
        int offset = 0;
        for (int at = 0; at < content.length; ) {
            int id = content[at++];
            byte[] value =
                    new byte[WireFormat.HEADER + registry.byId(id).getFields().size()];
            WireFormat.writeHeader(value, id);
            for (int i = WireFormat.HEADER; i < value.length; i++) {
                value[i] = (byte) content[at++];
            }
            files.write(new ConsumerRecord<>("raw.things", 0, offset++, new byte[0], value));
        }
        return files;
    }

    private Outcome commit(TableRecordFiles files) {
        return commit(files, files.complete());
    }

    /** As if from a partition of their own. */
    private Outcome commit(TableRecordFiles files, WrittenFiles written) {
        Source source = new Source("raw.things", commits++);
        Advance advance = Advance.of(List.of(new OffsetRange(source, 0, written.rows(), written.rows(), 0)));
        Proposal proposal = Proposal.of(advance, written.files(), written.avroBytes(), Optional.empty());
        return store.prepare(NAME, proposal.withGrowth(files.growth().stream().toList()))
                .attempt();
    }

    private TableMetadata metadata() {
        return ((HasTableOperations) catalog.loadTable(NAME)).operations().current();
    }

    /** The values of the fields that the schemas have. */
    private List<String> rows() {
        Table table = catalog.loadTable(NAME);
        List<String> columns = Stream.of("n", "x", "y")
                .filter(name -> table.schema().findField(name) != null)
                .toList();
        try (CloseableIterable<Record> read = IcebergGenerics.read(table).build()) {
            List<String> rows = new ArrayList<>();
            read.forEach(row -> rows.add(columns.stream()
                    .map(name -> String.valueOf(row.getField(name)))
                    .collect(Collectors.joining(" "))));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
