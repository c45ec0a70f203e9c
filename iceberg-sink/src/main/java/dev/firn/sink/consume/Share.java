package dev.firn.sink.consume;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.FieldText;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one table takes of a topic whose records go to several, by the value of a field.
 *
 * @param field its path
 * @param mine values as text: records that have one are this table's
 * @param others values that other tables take
 * @param rest what this table does about all other records. Of a topic's tables one takes or rejects them
 */
public record Share(String topic, String field, Set<String> mine, Set<String> others, Rest rest) {
    /** What a table does about records that have no value that some table takes. */
    public enum Rest {
        TAKES,
        REJECTS,
        LEAVES
    }

    public Share {
        mine = Set.copyOf(mine);
        others = Set.copyOf(others);
    }

    /** Whether the record is this table's to store, or to reject.
     *
     * @throws UndecodableException NO_ROUTE, if it is to be rejected for its value
     * @throws dev.firn.registry.RegistryUnavailableException if its schema can't be had now
     */
    boolean takes(ConsumerRecord<byte[], byte[]> record, FieldText text) {
        Optional<String> value;
        try {
            value = text.of(record);
        } catch (UndecodableException e) {
            // whoever stores it says why it can't be
            return rest != Rest.LEAVES;
        }
        if (value.filter(mine::contains).isPresent()) {
            return true;
        }
        if (rest == Rest.REJECTS && value.filter(others::contains).isEmpty()) {
            throw new UndecodableException(Reason.NO_ROUTE, "no table takes records of this value of " + field)
                    .in(field);
        }
        return rest == Rest.TAKES && value.filter(others::contains).isEmpty();
    }
}
