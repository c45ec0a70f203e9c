package dev.firn.sink.table;

import static dev.firn.sink.table.TableLayoutTest.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final int INSTANCES = 6;

    @Test
    void shouldGiveAllTheSameTableWhenManyMakeItAtOnce() throws Exception {
        // Given
        InMemoryCatalog catalog = catalog();
        TableIdentifier name = TableIdentifier.of("bronze", "things");
        TableLayout layout = layout("{'name':'a','type':'int'}");

        // When
        List<Table> made = atOnce(i -> () -> new Tables(catalog).loadOrCreate(name, layout));

        // Then
        Set<Object> ids = made.stream().map(Table::uuid).collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
    }

    @Test
    void shouldShowTheTableAsItWasSeenWhenItWasSeenLately() {
        // Given
        InMemoryCatalog catalog = catalog();
        TableIdentifier name = TableIdentifier.of("bronze", "things");
        TableLayout layout = layout("{'name':'a','type':'int'}");
        Tables tables = new Tables(catalog);
        tables.saw(name, tables.loadOrCreate(name, layout));
        catalog.loadTable(name)
                .updateSchema()
                .addColumn("b", Types.StringType.get())
                .commit();

        // When
        Table before = tables.lately(name, layout);
        tables.saw(name, tables.load(name).orElseThrow());
        Table after = tables.lately(name, layout);

        // Then
        assertThat(before.schema().findField("b")).isNull();
        assertThat(after.schema().findField("b")).isNotNull();
    }

    @Test
    void shouldKeepTheKeyThatTheTableHasWhenAnotherIsAdoptedForWhatWasSeen() {
        // Given
        InMemoryCatalog catalog = catalog();
        TableIdentifier name = TableIdentifier.of("bronze", "things");
        Tables tables = new Tables(catalog);
        Table seen = tables.loadOrCreate(name, layout("{'name':'a','type':'int'}"));
        tables.adopt(name, seen, new UpsertKey(List.of("a")));

        // When
        Table table = tables.adopt(name, Seen.of(seen).table(), new UpsertKey(List.of("b")));

        // Then
        assertThat(UpsertKey.of(table.properties())).contains(new UpsertKey(List.of("a")));
    }

    @Test
    void shouldMakeEachChangeOnceWhenManyEvolveAtOnce() throws Exception {
        // Given
        InMemoryCatalog catalog = catalog();
        TableIdentifier name = TableIdentifier.of("bronze", "things");
        new Tables(catalog).loadOrCreate(name, layout("{'name':'a','type':'int'}"));

        // When: each wants a column of its own, and one that all want
        List<Boolean> changed = atOnce(i -> () -> {
            Tables tables = new Tables(catalog);
            Contract wanted = contract(
                    "{'name':'a','type':'int'},{'name':'all','type':'int'},{'name':'b" + i + "','type':'int'}");
            return tables.evolve(tables.load(name).orElseThrow(), wanted, TableKind.PLAIN);
        });

        // Then
        Set<String> columns = catalog.loadTable(name).schema().columns().stream()
                .map(Types.NestedField::name)
                .collect(Collectors.toSet());
        assertThat(changed).containsOnly(true);
        assertThat(columns).contains("a", "all", "b0", "b5").hasSize(2 + INSTANCES + 3);
    }

    private interface Work<T> {
        Callable<T> of(int instance);
    }

    private static <T> List<T> atOnce(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(
                    IntStream.range(0, INSTANCES).mapToObj(work::of).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
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
