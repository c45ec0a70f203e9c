package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.sink.decode.Envelopes;
import dev.firn.sink.table.Evolution;
import dev.firn.sink.table.SchemaChange;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.UpsertKey;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/** Plans by schema pair, for all writers of a process. Bounded. */
final class PlanCache {
    private static final int MAX_PLANS = 1000;

    private final Map<Key, RowPlan> plans = new ConcurrentHashMap<>();

    private record Key(
            UUID table,
            int tableSchema,
            int spec,
            TableKind kind,
            @Nullable UpsertKey key,
            int writerSchema) {}

    /** What one writer writes to.
     *
     * @param key null where rows are appended
     */
    record Target(
            UUID table,
            Schema schema,
            PartitionSpec spec,
            TableKind kind,
            @Nullable UpsertKey key) {
        Envelopes envelopes() {
            return Envelopes.of(kind, key != null);
        }

        private Key key(int writerSchema) {
            return new Key(table, schema.schemaId(), spec.specId(), kind, key, writerSchema);
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
        Schema wanted = TableLayout.of(contract, target.kind()).schema();
        if (target.key() == null && UpsertKey.of(contract, target.kind()).isPresent()) {
            return new Fit.Later();
        }
        boolean changes = Evolution.between(target.schema(), wanted).stream().anyMatch(SchemaChange::isNeeded);
        return changes
                ? new Fit.Later()
                : new Fit.Fits(RowPlan.of(contract, target.schema(), target.spec(), target.kind(), target.key()));
    }
}
