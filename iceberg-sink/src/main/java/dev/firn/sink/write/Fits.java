package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.WriterSchemas;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How the schemas that one writer meets go with its table. Each is asked for once. */
final class Fits {
    private final WriterSchemas schemas;
    private final PlanCache plans;
    private final PlanCache.Target target;
    private final Map<Integer, Fit> byId = new HashMap<>();
    private final IdentityHashMap<Schema, Fit> unregistered = new IdentityHashMap<>();

    private int lastId;
    private @Nullable Fit last;

    Fits(WriterSchemas schemas, PlanCache plans, PlanCache.Target target) {
        this.schemas = schemas;
        this.plans = plans;
        this.target = target;
    }

    /** What is known of a schema, or can be found out.
     *
     * @throws dev.firn.registry.RegistryUnavailableException if its text can't be had now
     */
    Fit of(int schemaId) {
        if (last == null || lastId != schemaId) {
            last = byId.computeIfAbsent(schemaId, this::find);
            lastId = schemaId;
        }
        return last;
    }

    private Fit find(int schemaId) {
        try {
            return plans.fit(schemaId, schemas.contract(schemaId, target.envelopes()), target);
        } catch (UndecodableException e) {
            return new Fit.Refused(e);
        }
    }

    Fit of(Schema schema) {
        return unregistered.computeIfAbsent(schema, unknown -> PlanCache.fit(Contract.of(unknown), target));
    }
}
