package dev.firn.processor.decode;

import dev.firn.contract.Contract;
import dev.firn.contract.FieldPath;
import dev.firn.processor.path.PathWalk;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** When something happened, as the contract's event time has it, in epoch microseconds. */
final class EventTime {
    /** Of a record without one. */
    static final long NONE = Long.MIN_VALUE;

    private final PathWalk walk;
    private final TimeUnit unit;

    private EventTime(PathWalk walk, TimeUnit unit) {
        this.walk = walk;
        this.unit = unit;
    }

    /** Of records of the schema, or empty where it has none. */
    static Optional<EventTime> of(Contract contract, Schema schema) {
        return Optional.ofNullable(contract.eventTime())
                .map(FieldPath::of)
                .flatMap(path -> PathWalk.of(path, schema)
                        .map(walk -> new EventTime(walk, unit(path.in(schema).orElseThrow()))));
    }

    private static TimeUnit unit(Schema type) {
        LogicalType logical = type.getLogicalType();
        String name = logical == null ? "" : logical.getName();
        if (name.endsWith("millis")) {
            return TimeUnit.MILLISECONDS;
        }
        return name.endsWith("nanos") ? TimeUnit.NANOSECONDS : TimeUnit.MICROSECONDS;
    }

    long of(IndexedRecord record) {
        Object value = walk.single(record);
        return value == null ? NONE : unit.toMicros((Long) value);
    }
}
