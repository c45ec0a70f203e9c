package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.sink.decode.RecordCheck;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * How records of one schema become rows of one table: made once, shared by all. Immutable.
 *
 * @param record drives the columns of the record's own fields
 * @param origin drives the columns of where it came from
 */
record RowPlan(RecordCheck check, Step record, OriginColumns origin, PartitionPlan partition, EventTime eventTime) {
    static RowPlan of(Contract contract, Schema table, PartitionSpec spec, TableKind kind) {
        ParquetColumns columns = new ParquetColumns(table);
        Set<String> origin = kind.columns().stream().map(SourceColumn::column).collect(Collectors.toUnmodifiableSet());
        List<String> marked = new ArrayList<>();
        EventTime eventTime = EventTime.of(contract, marked);
        PartitionPlan partition = PartitionPlan.of(contract.schema(), table, spec, marked);
        return new RowPlan(
                RecordCheck.of(contract.schema(), marked),
                new StepCompiler(columns).compile(contract.schema(), table.asStruct(), origin),
                new OriginColumns(kind, table, columns),
                partition,
                eventTime);
    }
}
