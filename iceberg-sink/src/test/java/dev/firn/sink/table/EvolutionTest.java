package dev.firn.sink.table;

import static dev.firn.sink.table.TableLayoutTest.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionTest {
    private static final TableIdentifier NAME = TableIdentifier.of("bronze", "things");

    /** Before, after, and the changes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','type':'int'} | {'name':'a','type':'int'} | []",
                "{'name':'a','type':'int'} | {'name':'a','type':'long'} | [Widen[column=a, type=long]]",
                "{'name':'a','type':'long'} | {'name':'a','type':'int'} | []",
                "{'name':'a','type':'float'} | {'name':'a','type':'double'} | [Widen[column=a, type=double]]",
                "{'name':'a','type':'int'} | {'name':'a','type':['null','int']} | [Relax[column=a]]",
                "{'name':'a','type':['null','int']} | {'name':'a','type':'int'} | []",
                "{'name':'a','type':'int'} | {'name':'b','type':'int'}"
                        + " | [Add[parent=null, name=b, type=int, doc=null], Relax[column=a]]",
                "{'name':'a','type':'int'} | {'name':'a','type':'int','doc':'x'} | [Document[column=a, doc=x]]",
                "{'name':'a','type':'string'} | {'name':'a','type':{'type':'string','logicalType':'uuid'}} | []",
                "{'name':'a','type':'string'} | {'name':'a','type':{'type':'enum','name':'E','symbols':['A']}} | []",
                "{'name':'a','type':'int'} | {'name':'a','type':'int'},{'name':'n','type':'null'} | []",
                "{'name':'a','type':{'type':'array','items':'int'}} | {'name':'a','type':{'type':'array','items':['null','long']}}"
                        + " | [Relax[column=a.element], Widen[column=a.element, type=long]]",
                "{'name':'a','type':{'type':'map','values':'int'}} | {'name':'a','type':{'type':'map','values':'long'}}"
                        + " | [Widen[column=a.value, type=long]]",
                "{'name':'a','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}"
                        + " | {'name':'a','type':{'type':'bytes','logicalType':'decimal','precision':20,'scale':2}}"
                        + " | [Widen[column=a, type=decimal(20, 2)]]",
                "{'name':'a','type':{'type':'array','items':{'type':'record','name':'I','fields':[{'name':'x','type':'int'}]}}}"
                        + " | {'name':'a','type':{'type':'array','items':{'type':'record','name':'I','fields':[{'name':'x','type':'int'},{'name':'y','type':'string'}]}}}"
                        + " | [Add[parent=a.element, name=y, type=string, doc=null]]",
                "{'name':'a','type':['null','int','string']} | {'name':'a','type':['null','int','string','long']}"
                        + " | [Add[parent=a, name=long, type=long, doc=null]]",
            })
    void shouldChangeTheTableWhenItsWritersSchemaDid(String before, String after, String changes) {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout(before));

        // When
        List<SchemaChange> planned =
                Evolution.between(table.schema(), layout(after).schema());
        boolean changed = tables.evolve(table, layout(after));

        // Then
        assertThat(planned).hasToString(changes);
        assertThat(changed).isEqualTo(!planned.isEmpty());
        assertThat(Evolution.between(table.schema(), layout(after).schema())).isEmpty();
        assertThat(Evolution.between(table.schema(), layout(before).schema())).noneMatch(SchemaChange::isNeeded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','type':'int'} | {'name':'a','type':'string'} | column a is int",
                "{'name':'a','type':'string'} | {'name':'a','type':'int'} | column a is string",
                "{'name':'a','type':'string'} | {'name':'a','type':['null','string','int']} | makes it struct",
                "{'name':'a','type':{'type':'array','items':'int'}} | {'name':'a','type':'int'} | column a is list",
                "{'name':'a','type':{'type':'map','values':'string'}} | {'name':'a','type':{'type':'map','values':'int'}} | a.value",
                "{'name':'a','type':{'type':'fixed','name':'F','size':2}} | {'name':'a','type':{'type':'fixed','name':'F','size':3}} | fixed[2]",
                "{'name':'a','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}"
                        + " | {'name':'a','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':3}} | decimal(9, 2)",
            })
    void shouldRefuseWhenNoChangeWouldDo(String before, String after, String detail) {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout(before));
        Schema schema = table.schema();

        // When, Then
        assertThatThrownBy(() -> tables.evolve(table, layout(after)))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
                .hasMessageContaining(detail);
        table.refresh();
        assertThat(table.schema().sameSchema(schema)).isTrue();
    }

    private static InMemoryCatalog catalog() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("firn", Map.of());
        return catalog;
    }

    private static TableLayout layout(String fields) {
        return TableLayout.of(Contract.of(record(fields)), TableKind.PLAIN);
    }
}
