package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.RecordCheck;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableShape;
import dev.firn.sink.table.UpsertKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * How records of one schema become rows of one table: made once, shared by all. Immutable.
 *
 * @param record drives the columns of the record's own fields
 * @param origin drives the columns of where it came from
 * @param sort null where rows stay in the order of arrival
 * @param key null where rows are appended
 */
record RowPlan(
        RecordCheck check,
        Step record,
        OriginColumns origin,
        PartitionPlan partition,
        EventTime eventTime,
        @Nullable SortPlan sort,
        @Nullable KeyPlan key) {
    static RowPlan of(Contract contract, TableShape shape, SortOrder order, TableKind kind, @Nullable UpsertKey key) {
        Schema table = shape.schema();
        ParquetColumns columns = new ParquetColumns(table);
        Set<String> origin = kind.columns().stream().map(SourceColumn::column).collect(Collectors.toUnmodifiableSet());
        List<String> marked = new ArrayList<>();
        EventTime eventTime = EventTime.of(contract, marked);
        PartitionPlan partition = PartitionPlan.of(contract.schema(), table, shape.spec(), marked);
        SortPlan sort = SortPlan.of(contract.schema(), table, order, marked);
        KeyPlan keyed = key == null ? null : keyed(contract, table, key, marked);
        return new RowPlan(
                RecordCheck.of(contract.schema(), marked),
                new StepCompiler(columns).compile(contract.schema(), table.asStruct(), origin),
                new OriginColumns(kind, table, columns),
                partition,
                eventTime,
                sort,
                keyed);
    }

    private static KeyPlan keyed(Contract contract, Schema table, UpsertKey key, List<String> marked) {
        KeyPlan plan = KeyPlan.of(contract.schema(), table, key, marked);
        boolean another = UpsertKey.of(contract, TableKind.PLAIN)
                .filter(other -> !other.equals(key))
                .isPresent();
        if (another || !plan.isWhole()) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "the table's key is " + key.columns() + ", the record's schema has another");
        }
        return plan;
    }
}
