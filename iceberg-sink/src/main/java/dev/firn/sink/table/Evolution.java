package dev.firn.sink.table;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * By what a table's schema must change to take the records of one more writer schema. Nothing is ever taken away:
 * what the table has and the writer has not stays, null.
 */
public final class Evolution {
    private final List<SchemaChange> changes = new ArrayList<>();

    private Evolution() {}

    /** The changes for records of a contract, in the order in which they can be made; empty if the table takes them as it is,
     * and says the same of them.
     *
     * @throws UndecodableException INCOMPATIBLE_SCHEMA, naming the column, if no change would do
     */
    public static List<SchemaChange> of(TableShape table, Contract contract, TableKind kind) {
        Adapted adapted = Adapted.to(table, contract);
        List<SchemaChange> changes = new ArrayList<>(adapted.renames());
        Schema wanted = TableLayout.schema(adapted.contract(), kind.in(table.schema()), table.hasDefaults());
        changes.addAll(between(table.schema(), wanted));
        return changes;
    }

    /** The same for a layout's schema, whose fields are called as the columns that they go to. */
    static List<SchemaChange> between(Schema table, Schema wanted) {
        Evolution evolution = new Evolution();
        evolution.structs(null, table.asStruct(), wanted.asStruct());
        return evolution.changes;
    }

    private void structs(@Nullable String parent, Types.StructType table, Types.StructType wanted) {
        for (Types.NestedField field : wanted.fields()) {
            Types.NestedField column = table.field(field.name());
            if (column == null) {
                changes.add(new SchemaChange.Add(
                        parent, field.name(), field.type(), field.doc(), field.writeDefaultLiteral()));
            } else {
                fields(child(parent, field.name()), column, field);
            }
        }
        for (Types.NestedField column : table.fields()) {
            if (column.isRequired() && wanted.field(column.name()) == null) {
                changes.add(new SchemaChange.Relax(child(parent, column.name())));
            }
        }
    }

    private static String child(@Nullable String parent, String name) {
        return parent == null ? name : parent + "." + name;
    }

    private void fields(String path, Types.NestedField column, Types.NestedField field) {
        if (column.isRequired() && field.isOptional()) {
            changes.add(new SchemaChange.Relax(path));
        }
        types(path, column.type(), field.type());
        if (field.doc() != null && !Objects.equals(field.doc(), column.doc())) {
            changes.add(new SchemaChange.Document(path, field.doc()));
        }
    }

    private void types(String path, Type table, Type wanted) {
        if (table.isStructType() && wanted.isStructType()) {
            structs(path, table.asStructType(), wanted.asStructType());
        } else if (table.isListType() && wanted.isListType()) {
            fields(
                    path + ".element",
                    table.asListType().fields().get(0),
                    wanted.asListType().fields().get(0));
        } else if (table.isMapType() && wanted.isMapType()) {
            types(path + ".key", table.asMapType().keyType(), wanted.asMapType().keyType());
            fields(
                    path + ".value",
                    table.asMapType().fields().get(1),
                    wanted.asMapType().fields().get(1));
        } else if (!takes(table, wanted)) {
            widen(path, table, wanted);
        }
    }

    /** Whether values of the one type are values of the other. */
    private static boolean takes(Type table, Type wanted) {
        return table.equals(wanted)
                || (wanted.isPrimitiveType()
                        && table.isPrimitiveType()
                        && TypeUtil.isPromotionAllowed(wanted, table.asPrimitiveType()))
                || (table.typeId() == TypeID.STRING && wanted.typeId() == TypeID.UUID)
                || (table.typeId() == TypeID.BINARY && wanted.typeId() == TypeID.FIXED);
    }

    private void widen(String path, Type table, Type wanted) {
        if (!wanted.isPrimitiveType() || !TypeUtil.isPromotionAllowed(table, wanted.asPrimitiveType())) {
            throw new UndecodableException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "column " + path + " is " + name(table) + ", the record's schema makes it " + name(wanted));
        }
        changes.add(new SchemaChange.Widen(path, wanted.asPrimitiveType()));
    }

    private static String name(Type type) {
        return type.isPrimitiveType() ? type.toString() : type.typeId().name().toLowerCase(Locale.ROOT);
    }
}
