package dev.firn.sink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableLayoutTest {
    @Test
    void shouldPutOriginBehindTheRecordsFieldsWhenTableIsBronze() {
        // Given
        Schema schema = record("{'name':'id','type':'string','doc':'Its name.'}, {'name':'n','type':['null','int']}");

        // When
        TableLayout layout = TableLayout.of(Contract.of(schema), TableKind.BRONZE);

        // Then
        assertThat(layout.schema().columns().stream().map(Types.NestedField::name))
                .containsExactly(
                        "id",
                        "n",
                        "_topic",
                        "_kafka_partition",
                        "_offset",
                        "_timestamp",
                        "_key",
                        "_headers",
                        "_schema_id");
        assertThat(layout.schema().findField("id").isRequired()).isTrue();
        assertThat(layout.schema().findField("id").doc()).isEqualTo("Its name.");
        assertThat(layout.schema().findField("n").isOptional()).isTrue();
        assertThat(layout.properties())
                .containsEntry("format-version", "2")
                .containsEntry("write.parquet.compression-codec", "zstd");
    }

    @Test
    void shouldRenameFieldsWhenTheyAreCalledLikeColumnsOfTheOrigin() {
        // Given
        Schema schema = record(
                "{'name':'_topic','type':'int'}, {'name':'_topic_','type':'int'}, {'name':'_file','type':'int'}");

        // When
        TableLayout layout = TableLayout.of(Contract.of(schema), TableKind.PLAIN);

        // Then
        assertThat(layout.schema().columns().stream().map(Types.NestedField::name))
                .containsExactly("_topic__", "_topic_", "_file_", "_topic", "_kafka_partition", "_offset");
    }

    @Test
    void shouldPartitionAndSortByTheContract() {
        // Given
        Schema schema = new Schema.Parser().parse(quoted("""
                        {'type':'record','name':'R','firn.event-time':'at',
                         'firn.partition-by':['day(at)','bucket(16, who.id)','kind','truncate(3, kind)','who.id'],
                         'fields':[
                          {'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},
                          {'name':'at_day','type':'string'},
                          {'name':'kind','type':'string'},
                          {'name':'who','type':{'type':'record','name':'Who','fields':[{'name':'id','type':'string'}]}}]}"""));

        // When
        TableLayout layout = TableLayout.of(Contract.of(schema), TableKind.PLAIN);

        // Then
        assertThat(layout.spec().fields().stream().map(field -> field.name() + "=" + field.transform()))
                .containsExactly(
                        "at_day_=day",
                        "who_id_bucket=bucket[16]",
                        "kind=identity",
                        "kind_trunc=truncate[3]",
                        "who_id=identity");
        assertThat(layout.sortOrder().fields()).hasSize(1);
    }

    @Test
    void shouldGiveEachBranchAColumnWhenUnionHasSeveral() {
        // Given
        Schema schema = record("""
                {'name':'u','type':['int','null',{'type':'fixed','name':'F','namespace':'a','size':2},
                                    {'type':'fixed','name':'F','namespace':'b','size':3}]}""");

        // When
        Types.NestedField union =
                TableLayout.of(Contract.of(schema), TableKind.PLAIN).schema().findField("u");

        // Then
        assertThat(union.isOptional()).isTrue();
        assertThat(union.type().asStructType().fields().stream().map(field -> field.name() + " " + field.type()))
                .containsExactly("int int", "F fixed[2]", "b_F fixed[3]");
    }

    @Test
    void shouldRefuseWhenSchemaMakesTooManyColumns() {
        // Given: sixteen records, each with two of the next
        StringBuilder text = new StringBuilder("'long'");
        for (int depth = 0; depth < 16; depth++) {
            String name = "R" + depth;
            text.insert(0, "{'type':'record','name':'" + name + "','fields':[{'name':'a','type':")
                    .append("},{'name':'b','type':'")
                    .append(depth == 0 ? "long" : "R" + (depth - 1))
                    .append("'}]}");
        }
        Contract contract = new Contract(
                new Schema.Parser().parse(quoted(text.toString())),
                List.of(),
                null,
                List.of(),
                Mode.APPEND,
                List.of(),
                Map.of());

        // When, Then
        assertThatThrownBy(() -> TableLayout.of(contract, TableKind.PLAIN))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
                .hasMessageContaining("more than 10000 columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'day(at)','hour(at)'", "'truncate(4, id)'"})
    void shouldRefuseWhenIcebergDoesNotPartitionLikeThat(String transforms) {
        // Given
        Schema schema = new Schema.Parser()
                .parse(quoted("{'type':'record','name':'R','firn.partition-by':[" + transforms + "],'fields':["
                        + "{'name':'at','type':{'type':'long','logicalType':'timestamp-micros'}},"
                        + "{'name':'id','type':{'type':'string','logicalType':'uuid'}}]}"));
        Contract contract = Contract.of(schema);

        // When, Then
        assertThatThrownBy(() -> TableLayout.of(contract, TableKind.PLAIN))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no table can be partitioned like that");
    }

    static Schema record(String fields) {
        return new Schema.Parser().parse(quoted("{'type':'record','name':'R','fields':[" + fields + "]}"));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @Test
    void shouldNotNameAColumnAsIcebergNamesItsOwn() {
        // Then
        assertThat(SourceColumn.values()).noneMatch(column -> MetadataColumns.isMetadataColumn(column.column()));
    }
}
