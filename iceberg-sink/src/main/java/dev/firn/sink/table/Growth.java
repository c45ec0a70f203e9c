package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * What rows that are being written need of a table's schema, to be done by the commit that adds them: until then, nobody
 * sees any of it. Immutable.
 *
 * @param contracts of the records
 * @param schemas by which files were written, ahead of the table
 */
public record Growth(TableKind kind, List<Contract> contracts, List<Schema> schemas) {
    public Growth {
        contracts = List.copyOf(contracts);
        schemas = List.copyOf(schemas);
    }

    public static Growth none(TableKind kind) {
        return new Growth(kind, List.of(), List.of());
    }

    public boolean isNeeded() {
        return !contracts.isEmpty();
    }

    /** For records of one more contract. */
    public Growth with(Contract contract) {
        List<Contract> more = new ArrayList<>(contracts);
        more.add(contract);
        return new Growth(kind, more, schemas);
    }

    /** For files that are written by the shape. */
    public Growth writtenBy(TableShape shape) {
        List<Schema> more = new ArrayList<>(schemas);
        more.add(shape.schema());
        return new Growth(kind, contracts, isNeeded() ? more : schemas);
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

    /** Changes the schema, if it still has to be.
     *
     * @return what is changed
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, if a contract can't be brought into it any more
     */
    public List<SchemaChange> addTo(Transaction transaction) {
        List<SchemaChange> all = new ArrayList<>();
        for (Contract contract : contracts) {
            List<SchemaChange> changes = Evolution.of(TableShape.of(transaction.table()), contract, kind);
            if (!changes.isEmpty()) {
                UpdateSchema update = transaction.updateSchema();
                changes.forEach(change -> change.addTo(update));
                update.commit();
                all.addAll(changes);
            }
        }
        return all;
    }

    /** Why the files can't be part of a table with the schema: ids mean something else in it. Empty if they can. */
    public Optional<String> refusal(Schema table) {
        return schemas.stream()
                .flatMap(written -> difference(written, table).stream())
                .findFirst();
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
