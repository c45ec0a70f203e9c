package dev.firn.sink.consume;

import dev.firn.contract.Contract;
import dev.firn.contract.Mode;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.Growth;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.Repartitioning;
import dev.firn.sink.table.TableKind;
import dev.firn.sink.table.TableLayout;
import dev.firn.sink.table.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** Where a topic's records go.
 *
 * @param key fields that identify the entity, so that rows are upserted; empty to do as the schemas say
 * @param format of the records' values
 * @param share of the topic, if it has more tables than this one
 * @param partitioning of new files; empty to do as the first record's schema says, and to leave it at that
 * @param branch that the table's commits go to, if it is made; empty for main
 */
public record Target(
        TableIdentifier table,
        TableKind kind,
        List<String> key,
        ValueFormat format,
        Optional<Share> share,
        Optional<Repartitioning> partitioning,
        Optional<String> branch) {
    public Target {
        key = List.copyOf(key);
    }

    /** Partitioned as the first record's schema says. */
    public Target(TableIdentifier table, TableKind kind, List<String> key, ValueFormat format, Optional<Share> share) {
        this(table, kind, key, format, share, Optional.empty(), Optional.empty());
    }

    /** For records in Avro, as their schemas say. */
    public Target(TableIdentifier table, TableKind kind) {
        this(table, kind, List.of(), ValueFormat.AVRO, Optional.empty());
    }

    /** The same, with files partitioned so from now on. */
    public Target partitioned(Repartitioning wanted) {
        return new Target(table, kind, key, format, share, Optional.of(wanted), branch);
    }

    /** The same, with Kafka's keys in such a column, where the table has one. */
    public Target withKeys(KeyFormat format) {
        return new Target(table, kind.withKeys(format), key, this.format, share, partitioning, branch);
    }

    /** The same, on a branch from the table's first commit on. */
    public Target onBranch(String name) {
        return new Target(table, kind, key, format, share, partitioning, Optional.of(name));
    }

    /** What the table looks like if it is made for the contract. */
    TableLayout layout(Contract contract) {
        TableLayout layout = TableLayout.of(partitioning.isEmpty() ? contract : unpartitioned(contract), kind);
        TableLayout partitioned = partitioning.map(layout::with).orElse(layout);
        return branch.map(partitioned::onBranch).orElse(partitioned);
    }

    private static Contract unpartitioned(Contract contract) {
        return new Contract(
                contract.schema(),
                contract.key(),
                contract.eventTime(),
                List.of(),
                contract.mode(),
                contract.rules(),
                contract.pii());
    }

    /** The growth by which the table, as it will be, gets the partitioning that it has to have, too. */
    Growth partitioned(Growth growth, TableShape planned) {
        return partitioning
                .filter(wanted -> wanted.isDue(planned))
                .map(growth::with)
                .orElse(growth);
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
