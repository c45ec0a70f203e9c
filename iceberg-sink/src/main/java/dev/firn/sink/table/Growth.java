package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * What rows that are being written need of a table's schema and partitioning, to be done by the commit that adds them: until
 * then, nobody sees any of it. Immutable.
 *
 * @param contracts of the records
 * @param partitioning of the files
 * @param shapes by which files were written, ahead of the table
 */
public record Growth(
        TableKind kind, List<Contract> contracts, Optional<Repartitioning> partitioning, List<TableShape> shapes) {
    public Growth {
        contracts = List.copyOf(contracts);
        shapes = List.copyOf(shapes);
    }

    public static Growth none(TableKind kind) {
        return new Growth(kind, List.of(), Optional.empty(), List.of());
    }

    public boolean isNeeded() {
        return !contracts.isEmpty() || partitioning.isPresent();
    }

    /** For records of one more contract. */
    public Growth with(Contract contract) {
        List<Contract> more = new ArrayList<>(contracts);
        more.add(contract);
        return new Growth(kind, more, partitioning, shapes);
    }

    /** For files that are to be partitioned so. */
    public Growth with(Repartitioning wanted) {
        return new Growth(kind, contracts, Optional.of(wanted), shapes);
    }

    /** For files that are written by the shape. */
    public Growth writtenBy(TableShape shape) {
        List<TableShape> more = new ArrayList<>(shapes);
        more.add(shape);
        return new Growth(kind, contracts, partitioning, isNeeded() ? more : shapes);
    }

    /** Those that files were written by, ahead of the table, by id. */
    public Map<Integer, PartitionSpec> specs() {
        Map<Integer, PartitionSpec> specs = new HashMap<>();
        shapes.forEach(shape -> specs.put(shape.spec().specId(), shape.spec()));
        return specs;
    }

    /** What the table will look like if nobody else changes it. Changes nothing.
     *
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if a contract can't be brought into it
     */
    public TableShape planned(Table table) {
        if (!isNeeded()) {
            return TableShape.of(table);
        }
        Transaction never = table.newTransaction();
        addTo(never);
        return TableShape.of(never.table());
    }

    /** Changes schema and partitioning, if they still have to be.
     *
     * @return what is changed, for people
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if a contract can't be brought into it any more
     */
    public List<String> addTo(Transaction transaction) {
        List<String> all = new ArrayList<>();
        for (Contract contract : contracts) {
            List<SchemaChange> changes = Evolution.of(TableShape.of(transaction.table()), contract, kind);
            if (!changes.isEmpty()) {
                UpdateSchema update = transaction.updateSchema();
                changes.forEach(change -> change.addTo(update));
                update.commit();
                changes.forEach(change -> all.add(change.toString()));
            }
        }
        partitioning
                .filter(wanted -> wanted.addTo(transaction))
                .ifPresent(
                        wanted -> all.add("partitioning " + transaction.table().spec()));
        return all;
    }

    /** Why the files can't be part of the table: ids mean something else in it. Empty if they can. */
    public Optional<String> refusal(Table table) {
        return shapes.stream()
                .flatMap(written ->
                        difference(written.schema(), table.schema())
                                .or(() -> difference(written.spec(), table.specs()))
                                .stream())
                .findFirst();
    }

    private static Optional<String> difference(PartitionSpec written, Map<Integer, PartitionSpec> table) {
        PartitionSpec same = table.get(written.specId());
        return written.equals(same)
                ? Optional.empty()
                : Optional.of("files were written by the partitioning " + written + ", which is another in the table: "
                        + same);
    }

    private static Optional<String> difference(Schema written, Schema table) {
        for (Map.Entry<Integer, Types.NestedField> each :
                TypeUtil.indexById(written.asStruct()).entrySet()) {
            int id = each.getKey();
            Types.NestedField column = table.findField(id);
            String name = written.findColumnName(id);
            if (column == null
                    || !name.equals(table.findColumnName(id))
                    || (column.isRequired() && each.getValue().isOptional())
                    || !takes(column.type(), each.getValue().type())) {
                return Optional.of("files were written with column " + name + " as " + id
                        + ", which is another in the table: " + table.findColumnName(id));
            }
        }
        return Optional.empty();
    }

    private static boolean takes(Type table, Type written) {
        return table.isPrimitiveType()
                ? table.equals(written) || TypeUtil.isPromotionAllowed(written, table.asPrimitiveType())
                : table.typeId() == written.typeId();
    }
}
