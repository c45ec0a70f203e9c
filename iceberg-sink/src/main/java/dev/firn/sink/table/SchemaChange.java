package dev.firn.sink.table;

import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** One thing by which a table's schema has to follow its writers'. Paths are dotted column names, as Iceberg has them. */
public sealed interface SchemaChange {
    void addTo(UpdateSchema update);

    /** Whether records can't be written without it. */
    default boolean isNeeded() {
        return true;
    }

    /** A new column, optional.
     *
     * @param parent null at the top
     * @param value of rows that were written without it, and of records that have no such field; null for none
     */
    record Add(
            @Nullable String parent,
            String name,
            Type type,
            @Nullable String doc,
            @Nullable Literal<?> value) implements SchemaChange {
        @Override
        public void addTo(UpdateSchema update) {
            update.addColumn(parent, name, type, doc, value);
        }
    }

    /** The column stays the same, and so does its id.
     *
     * @param name the new one, without a path
     */
    record Rename(String column, String name) implements SchemaChange {
        @Override
        public void addTo(UpdateSchema update) {
            update.renameColumn(column, name);
        }
    }

    record Widen(String column, Type.PrimitiveType type) implements SchemaChange {
        @Override
        public void addTo(UpdateSchema update) {
            update.updateColumn(column, type);
        }
    }

    /** From required to optional. */
    record Relax(String column) implements SchemaChange {
        @Override
        public void addTo(UpdateSchema update) {
            update.makeColumnOptional(column);
        }
    }

    record Document(String column, String doc) implements SchemaChange {
        @Override
        public void addTo(UpdateSchema update) {
            update.updateColumnDoc(column, doc);
        }

        @Override
        public boolean isNeeded() {
            return false;
        }
    }
}
