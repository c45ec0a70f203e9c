package dev.firn.sink.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.quarantine.Reason;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The contracts that records were written by. Safe for use by many threads. */
public final class WriterSchemas {
    private final SchemaRegistry registry;
    private final Map<Integer, Contract> byId = new ConcurrentHashMap<>();

    public WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The contract of the schema that the record's value names.
     *
     * @throws UndecodableException if it names none, or one that the registry does not have or that can't be read
     * @throws dev.firn.registry.RegistryUnavailableException if the registry can't be asked
     */
    public Contract contractOf(ConsumerRecord<byte[], byte[]> record) {
        return contract(WireFormat.schemaId(record.value()));
    }

    /** The contract of the schema with this id. Throws as {@link #contractOf} does. */
    public Contract contract(int schemaId) {
        Contract known = byId.get(schemaId);
        if (known != null) {
            return known;
        }
        Contract contract = ask(schemaId);
        byId.put(schemaId, contract);
        return contract;
    }

    private Contract ask(int schemaId) {
        try {
            return Contract.of(registry.byId(schemaId));
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA_ID, "the registry holds no schema " + schemaId, e);
        } catch (ContractException e) {
            throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, "schema " + schemaId + ": " + e.getMessage(), e);
        }
    }
}
