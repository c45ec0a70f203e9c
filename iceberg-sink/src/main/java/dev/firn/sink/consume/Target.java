package dev.firn.sink.consume;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.TableKind;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** Where a topic's records go.
 *
 * @param key fields that identify the entity, so that rows are upserted; empty to do as the schemas say
 * @param format of the records' values
 * @param share of the topic, if it has more tables than this one
 */
public record Target(
        TableIdentifier table, TableKind kind, List<String> key, ValueFormat format, Optional<Share> share) {
    public Target {
        key = List.copyOf(key);
    }

    /** For records in Avro, as their schemas say. */
    public Target(TableIdentifier table, TableKind kind) {
        this(table, kind, List.of(), ValueFormat.AVRO, Optional.empty());
    }

    boolean isKeyed() {
        return !key.isEmpty();
    }

    /** The contract, with the key if there is one. */
    Contract keyed(Contract contract) {
        return isKeyed()
                ? new Contract(
                        contract.schema(),
                        key,
                        contract.eventTime(),
                        contract.partitionBy(),
                        Mode.UPSERT,
                        contract.rules(),
                        contract.pii())
                : contract;
    }
}
