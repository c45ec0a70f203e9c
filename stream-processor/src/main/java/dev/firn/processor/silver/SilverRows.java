package dev.firn.processor.silver;

import dev.firn.contract.Contract;
import dev.firn.contract.FlatSchema;
import dev.firn.processor.decode.Outage;
import dev.firn.processor.decode.Target;
import dev.firn.registry.SchemaRegistry;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/** The rows of a silver topic, by the contract of the records: derived, and registered under the topic's subject.
 *
 * @param topic silver
 */
public record SilverRows(String topic, SchemaRegistry registry, Outage outage) implements Function<Contract, Target> {
    /** The rows' schema.
     *
     * @throws dev.firn.contract.ContractException if the contract can't be flattened
     */
    public static Schema schema(Contract contract) {
        return FlatSchema.of(contract, FlatSchema.silverName(contract.schema()), SilverColumns.of(contract));
    }

    /** Derives and registers it.
     *
     * @throws dev.firn.contract.ContractException if the contract can't be flattened
     * @throws dev.firn.registry.IncompatibleSchemaException if the registry refuses it
     */
    @Override
    public Target apply(Contract contract) {
        Schema schema = schema(contract);
        int id = outage.ride(() -> registry.register(topic + "-value", schema));
        List<String> added =
                SilverColumns.of(contract).stream().map(Schema.Field::name).toList();
        return new Target(schema, id, added);
    }
}
