package dev.firn.sink.consume;

import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.WindowFiles;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes the records of one window of one table, whatever their schemas. For one thread at a time. */
interface RecordFiles extends WindowFiles {
    /** Whether the record is for this table. Throws as {@link #write} does. */
    default boolean takes(ConsumerRecord<byte[], byte[]> record) {
        return true;
    }

    /** Adds the record as a row.
     *
     * @throws UndecodableException if the record is for quarantine; the files are as before
     * @throws RegistryUnavailableException if its schema can't be had now; the files are as before
     * @throws FilesFailedException if catalog or storage failed; the files can only be aborted
     */
    void write(ConsumerRecord<byte[], byte[]> record);

    long bytes();

    /** Bytes of memory that they hold now. */
    long held();

    /** The latest event time of the partition's rows, in microseconds, if there is such a column. */
    OptionalLong maxEventTimeMicros(TopicPartition partition);

    /** Opens files. Safe for use by many threads. */
    @FunctionalInterface
    interface Factory {
        /** Nothing happens outside before the first record. */
        RecordFiles open(Target target);
    }
}
