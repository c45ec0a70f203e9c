package dev.firn.processor.aggregate;

import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.silver.RowKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Rows as records of their topics: the contract's key, and the row in the wire format. Not for several threads. */
final class Rows {
    private final ToIntFunction<String> schemaIds;
    private final Map<Integer, RowEncoder> encoders = new HashMap<>();
    private final RowKey key = new RowKey();

    /** @param schemaIds by topic */
    Rows(ToIntFunction<String> schemaIds) {
        this.schemaIds = schemaIds;
    }

    Record<byte[], byte[]> record(Board board, GenericRecord row, long timestamp) {
        return new Record<>(key(row), encoder(board, row).encode(row), timestamp);
    }

    byte[] key(GenericRecord row) {
        return Objects.requireNonNull(key.of(row, null), "the tables are upserted by key");
    }

    private RowEncoder encoder(Board board, GenericRecord row) {
        return encoders.computeIfAbsent(
                board.id(), id -> new RowEncoder(schemaIds.applyAsInt(board.topic()), row.getSchema()));
    }
}
