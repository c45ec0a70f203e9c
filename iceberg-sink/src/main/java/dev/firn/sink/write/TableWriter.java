package dev.firn.sink.write;

import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.keys.KeyHash;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes one window of one table: records into data files that nobody sees before they are committed. For one thread.
 *
 * <p>After any exception but {@link UndecodableException} and {@link RegistryUnavailableException} the writer can only be
 * aborted.
 */
public interface TableWriter {
    /**
     * Whether the table takes the record's schema as it stands. If not: complete this writer, evolve the table by the
     * record's layout, and open another one.
     *
     * @throws UndecodableException if the record is none, or its schema can't be brought into the table's
     * @throws RegistryUnavailableException if its schema can't be had now: an outage, not the record's fault
     */
    boolean fits(ConsumerRecord<byte[], byte[]> record);

    /** Adds the record as one row. A record that is refused leaves nothing behind.
     *
     * @throws UndecodableException if its bytes are not what its schema says
     * @throws IllegalStateException if the record does not fit
     */
    void write(ConsumerRecord<byte[], byte[]> record);

    /** Adds as one row what has no place in the registry: a datum made here. The table must fit it.
     *
     * @param datum in Avro binary, without a header
     * @param source fills the columns of the record's origin; its value is not read
     */
    void write(Schema schema, byte[] datum, ConsumerRecord<byte[], byte[]> source);

    /** The same for a table with a key: tells what the row is about, and where it is. */
    KeyedRow writeKeyed(ConsumerRecord<byte[], byte[]> record);

    /** The key of a record that becomes no row, by its value, or by Kafka's key if it has none.
     *
     * @throws UndecodableException if neither tells it
     * @throws RegistryUnavailableException if the schema of Kafka's key can't be had now
     * @throws IllegalStateException if the table has no key, or the record does not fit
     */
    KeyHash key(ConsumerRecord<byte[], byte[]> record);

    long rows();

    /** Of all files so far: written, and an estimate of what the open ones hold in memory. */
    long bytes();

    /** Bytes of memory that open files hold now. */
    long held();

    /** Of the records' values as they came from Kafka. */
    long avroBytes();

    /** The latest event time written from the partition, empty if the contract names none or no row had one. */
    OptionalLong maxEventTimeMicros(TopicPartition partition);

    /** Closes all files. The writer is done for afterwards. */
    WrittenFiles complete();

    /** Gives up, and deletes what was written, as far as the storage lets it. */
    void abort();
}
