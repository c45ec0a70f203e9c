package dev.firn.sink.write;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldPath;
import dev.firn.sink.table.Logical;
import dev.firn.sink.table.Unions;
import java.util.List;
import org.apache.avro.Schema;

/** Finds a checked record's event time. Immutable. */
final class EventTime {
    /** Of a record that has none. */
    static final long NONE = Long.MIN_VALUE;

    private final int slot;
    private final MarkedNumber number;

    private EventTime(int slot, MarkedNumber number) {
        this.slot = slot;
        this.number = number;
    }

    /** As the contract says. The path, if there is one, is added to those that are marked. */
    static EventTime of(Contract contract, List<String> marked) {
        String path = contract.eventTime();
        if (path == null) {
            return new EventTime(-1, new MarkedNumber(-1, Logical.NONE));
        }
        int slot = Slots.of(path, marked);
        Schema schema =
                FieldPath.of(path).in(contract.schema()).map(Unions::value).orElseThrow();
        return new EventTime(slot, new MarkedNumber(slot, Logical.of(schema)));
    }

    /** In micros since 1970, or {@link #NONE}. */
    long of(Row row) {
        return slot < 0 || row.trail.marked(slot) < 0 ? NONE : number.read(row);
    }
}
