package dev.firn.sink.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.quarantine.Reason;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.serde.UndecodableException;
import dev.firn.serde.WireFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The contracts that records were written by. Safe for use by many threads. */
public final class WriterSchemas {
    private final SchemaRegistry registry;
    private final Map<Asked, Written> known = new ConcurrentHashMap<>();

    private record Asked(int schemaId, Envelopes envelopes) {}

    /** What a value's schema makes of it.
     *
     * @param contract of the rows
     * @param envelope that each of them comes in
     */
    private record Written(Contract contract, Optional<Envelope> envelope) {}

    public WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The contract of the row that the record's value is, or holds.
     *
     * @throws UndecodableException if it names none, or one that the registry does not have or that can't be read
     * @throws dev.firn.registry.RegistryUnavailableException if the registry can't be asked
     */
    public Contract contractOf(ConsumerRecord<byte[], byte[]> record, Envelopes envelopes) {
        return contract(WireFormat.schemaId(record.value()), envelopes);
    }

    /** The contract of the schema with this id. Throws as {@link #contractOf} does. */
    public Contract contract(int schemaId, Envelopes envelopes) {
        return written(new Asked(schemaId, envelopes)).contract();
    }

    /** What the record says of a row. Throws as {@link #contractOf} does, and if an envelope is malformed or changes no row. */
    public RowChange changeOf(ConsumerRecord<byte[], byte[]> record, Envelopes envelopes) {
        Optional<Envelope> envelope = record.value() == null
                ? Optional.empty()
                : written(new Asked(WireFormat.schemaId(record.value()), envelopes))
                        .envelope();
        return RowChange.of(record, envelope);
    }

    private Written written(Asked wanted) {
        Written before = known.get(wanted);
        if (before != null) {
            return before;
        }
        Written asked = ask(wanted.schemaId(), wanted.envelopes());
        known.put(wanted, asked);
        return asked;
    }

    /** A schema that need not be a record's, a Kafka key's for example.
     *
     * @throws UnknownSchemaException if the registry does not have it
     * @throws dev.firn.registry.RegistryUnavailableException if the registry can't be asked
     */
    public Schema schema(int schemaId) {
        return registry.byId(schemaId);
    }

    private Written ask(int schemaId, Envelopes envelopes) {
        try {
            Schema schema = registry.byId(schemaId);
            Optional<Envelope> envelope = Envelope.of(schema).filter(envelopes::opens);
            Contract contract = Contract.of(envelope.map(Envelope::row).orElse(schema));
            return new Written(contract, envelope);
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA_ID, "the registry holds no schema " + schemaId, e);
        } catch (ContractException e) {
            throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, "schema " + schemaId + ": " + e.getMessage(), e);
        }
    }
}
