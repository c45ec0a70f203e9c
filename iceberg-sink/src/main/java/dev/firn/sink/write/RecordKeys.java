package dev.firn.sink.write;

import dev.firn.quarantine.Reason;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.decode.AvroKeys;
import dev.firn.sink.decode.Utf8;
import dev.firn.sink.decode.WriterSchemas;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.SourceColumn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The keys of Kafka's records, as the column for them takes them. For one thread. */
@FunctionalInterface
interface RecordKeys {
    /** The key's bytes, as they came or as text; null if there is none.
     *
     * @throws UndecodableException if it is not of its format
     * @throws dev.firn.registry.RegistryUnavailableException if its schema can't be had now
     */
    byte @Nullable [] of(ConsumerRecord<byte[], byte[]> record);

    static RecordKeys of(KeyFormat format, WriterSchemas schemas) {
        return switch (format) {
            case BYTES -> ConsumerRecord::key;
            case STRING -> record -> text(record.key());
            case LONG -> record -> whole(record.key());
            case AVRO -> avro(new AvroKeys(schemas));
        };
    }

    private static byte @Nullable [] text(byte @Nullable [] key) {
        if (key != null && !Utf8.isValid(key, 0, key.length)) {
            throw malformed("the key is not UTF-8");
        }
        return key;
    }

    private static byte @Nullable [] whole(byte @Nullable [] key) {
        if (key != null && key.length != Long.BYTES) {
            throw malformed("the key is no long of 8 bytes");
        }
        return key;
    }

    private static RecordKeys avro(AvroKeys keys) {
        return record -> {
            try {
                return record.key() == null ? null : keys.text(record.key());
            } catch (UndecodableException e) {
                throw e.in(SourceColumn.KEY.column());
            }
        };
    }

    private static UndecodableException malformed(String what) {
        return new UndecodableException(Reason.MALFORMED, what).in(SourceColumn.KEY.column());
    }
}
