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
import org.junit.jupiter.api.Test;
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
                        + " | [Add[parent=null, name=b, type=int, doc=null, value=null], Relax[column=a]]",
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
                        + " | [Add[parent=a.element, name=y, type=string, doc=null, value=null]]",
                "{'name':'a','type':['null','int','string']} | {'name':'a','type':['null','int','string','long']}"
                        + " | [Add[parent=a, name=long, type=long, doc=null, value=null]]",
                "{'name':'a','type':'int'} | {'name':'b','aliases':['a'],'type':'long'}"
                        + " | [Rename[column=a, name=b], Widen[column=a, type=long]]",
                "{'name':'a','type':'int'} | {'name':'a','type':'int'},{'name':'b','aliases':['a'],'type':'int'}"
                        + " | [Add[parent=null, name=b, type=int, doc=null, value=null]]",
                "{'name':'a','type':'int'} | {'name':'b','aliases':['x','a'],'type':['null','int']},{'name':'c','aliases':['a'],'type':'int'}"
                        + " | [Rename[column=a, name=b], Relax[column=a], Add[parent=null, name=c, type=int, doc=null, value=null]]",
                "{'name':'a','type':{'type':'map','values':{'type':'record','name':'I','fields':[{'name':'x','type':'int'}]}}}"
                        + " | {'name':'b','aliases':['a'],'type':{'type':'map','values':{'type':'record','name':'I','fields':[{'name':'y','aliases':['x'],'type':'int'},{'name':'z','type':'int'}]}}}"
                        + " | [Rename[column=a.value.x, name=y], Rename[column=a, name=b], Add[parent=a.value, name=z, type=int, doc=null, value=null]]",
                "{'name':'a','type':['int',{'type':'record','name':'I','fields':[{'name':'x','type':'int'}]}]}"
                        + " | {'name':'a','type':['int',{'type':'record','name':'I','fields':[{'name':'y','aliases':['x'],'type':'int'}]}]}"
                        + " | [Rename[column=a.I.x, name=y]]",
            })
    void shouldChangeTheTableWhenItsWritersSchemaDid(String before, String after, String changes) {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout(before));

        // When
        List<SchemaChange> planned = Evolution.of(TableShape.of(table), contract(after), TableKind.PLAIN);
        boolean changed = tables.evolve(table, contract(after), TableKind.PLAIN);

        // Then
        assertThat(planned).hasToString(changes);
        assertThat(changed).isEqualTo(!planned.isEmpty());
        assertThat(Evolution.of(TableShape.of(table), contract(after), TableKind.PLAIN))
                .isEmpty();
        assertThat(Evolution.of(TableShape.of(table), contract(before), TableKind.PLAIN))
                .noneMatch(SchemaChange::isNeeded);
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
                "{'name':'a','type':'int'} | {'name':'b','aliases':['a'],'type':'string'} | column a is int",
            })
    void shouldRefuseWhenNoChangeWouldDo(String before, String after, String detail) {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout(before));
        Schema schema = table.schema();

        // When, Then
        assertThatThrownBy(() -> tables.evolve(table, contract(after), TableKind.PLAIN))
                .asInstanceOf(InstanceOfAssertFactories.throwable(UndecodableException.class))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
                .hasMessageContaining(detail);
        table.refresh();
        assertThat(table.schema().sameSchema(schema)).isTrue();
    }

    @Test
    void shouldNotRenameBackWhenProducersDisagree() {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout("{'name':'a','type':'int'}"));
        int id = table.schema().findField("a").fieldId();
        Contract forth = contract("{'name':'b','aliases':['a'],'type':'int'}");
        Contract back = contract("{'name':'a','aliases':['b'],'type':'int'}");
        Contract further = contract("{'name':'c','aliases':['b', 'a'],'type':'int'}");

        // When
        boolean renamed = tables.evolve(table, forth, TableKind.PLAIN);
        boolean renamedBack = tables.evolve(table, back, TableKind.PLAIN);
        boolean renamedAgain = tables.evolve(table, further, TableKind.PLAIN);

        // Then
        assertThat(renamed).isTrue();
        assertThat(renamedBack).isFalse();
        assertThat(renamedAgain).isTrue();
        for (Contract each : List.of(forth, back, further)) {
            assertThat(Evolution.of(TableShape.of(table), each, TableKind.PLAIN))
                    .isEmpty();
        }
        assertThat(table.schema().findField("c").fieldId()).isEqualTo(id);
    }

    @Test
    void shouldFollowWhenSomebodyElseRenamedAColumn() {
        // Given
        Tables tables = new Tables(catalog());
        Table table = tables.loadOrCreate(NAME, layout("{'name':'a','type':'int'}"));
        table.updateSchema().renameColumn("a", "by_hand").commit();

        // When
        boolean changed = tables.evolve(table, contract("{'name':'a','type':'long'}"), TableKind.PLAIN);

        // Then
        assertThat(changed).isTrue();
        assertThat(table.schema().findType("by_hand")).hasToString("long");
        assertThat(table.schema().findField("a")).isNull();
    }

    private static InMemoryCatalog catalog() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("firn", Map.of());
        return catalog;
    }

    private static TableLayout layout(String fields) {
        return TableLayout.of(contract(fields), TableKind.PLAIN);
    }

    private static Contract contract(String fields) {
        return Contract.of(record(fields));
    }
}
