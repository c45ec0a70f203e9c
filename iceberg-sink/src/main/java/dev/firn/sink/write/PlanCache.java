package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.Envelopes;
import dev.firn.sink.table.Adapted;
import dev.firn.sink.table.Evolution;
import dev.firn.sink.table.SchemaChange;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableShape;
import dev.firn.sink.table.UpsertKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Plans by schema pair, for all writers of a process. Bounded. */
final class PlanCache {
    private static final int MAX_PLANS = 1000;

    private final Map<Key, RowPlan> plans = new ConcurrentHashMap<>();

    private record Key(
            UUID table,
            Types.StructType columns,
            Map<Integer, Set<String>> formerNames,
            PartitionSpec spec,
            SortOrder order,
            TableKind kind,
            @Nullable UpsertKey key,
            int writerSchema) {}

    /** What one writer writes to.
     *
     * @param order by which files are sorted
     * @param key null where rows are appended
     */
    record Target(
            UUID table,
            TableShape shape,
            SortOrder order,
            TableKind kind,
            @Nullable UpsertKey key) {
        Envelopes envelopes() {
            return Envelopes.of(kind, key != null);
        }

        private Key key(int writerSchema) {
            return new Key(
                    table,
                    shape.schema().asStruct(),
                    shape.formerNames(),
                    shape.spec(),
                    order,
                    kind,
                    key,
                    writerSchema);
        }
    }

    /** How records of a registered schema get into the table.
     *
     * @throws dev.firn.serde.UndecodableException INCOMPATIBLE_SCHEMA, if no way leads there
     */
    Fit fit(int schemaId, Contract contract, Target target) {
        RowPlan known = plans.get(target.key(schemaId));
        if (known != null) {
            return new Fit.Fits(known);
        }
        Fit fit = fit(contract, target);
        if (fit instanceof Fit.Fits fits) {
            if (plans.size() >= MAX_PLANS) {
                plans.clear();
            }
            plans.put(target.key(schemaId), fits.plan());
        }
        return fit;
    }

    /** The same for a schema without an id. Not kept. */
    static Fit fit(Contract contract, Target target) {
        if (target.key() == null && UpsertKey.of(contract, target.kind()).isPresent()) {
            return new Fit.Later();
        }
        List<SchemaChange> changes = Evolution.of(target.shape(), contract, target.kind());
        requireKeyNamedAsBefore(changes, target.key());
        if (changes.stream().anyMatch(SchemaChange::isNeeded)) {
            return new Fit.Later();
        }
        Contract adapted = Adapted.to(target.shape(), contract).contract();
        return new Fit.Fits(RowPlan.of(adapted, target.shape(), target.order(), target.kind(), target.key()));
    }

    /** The table's properties name the columns of its key. */
    private static void requireKeyNamedAsBefore(List<SchemaChange> changes, @Nullable UpsertKey key) {
        for (SchemaChange change : changes) {
            if (key != null
                    && change instanceof SchemaChange.Rename rename
                    && key.columns().stream().anyMatch(column -> (column + ".").startsWith(rename.column() + "."))) {
                throw new UndecodableException(
                        Reason.INCOMPATIBLE_SCHEMA,
                        "column " + rename.column() + " is part of the table's key, and can't be renamed");
            }
        }
    }
}
