package dev.firn.sink.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that a lane is assigned, as a stream of records. For one thread. While it polls it tells its {@link
 * Assignment} what changes.
 */
interface Feed {
    /** The next records of the partitions that are not paused. */
    ConsumerRecords<byte[], byte[]> poll(Duration atMost);

    /** The offset after all that was polled: past markers and gaps, too. */
    long position(TopicPartition partition);

    void seek(TopicPartition partition, long offset);

    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);

    /** What the partitions hold now. Asks the broker. */
    Map<TopicPartition, Bounds> bounds(Collection<TopicPartition> partitions);

    /** How many the topic has, as far as is known here; 0 if nothing is. Does not wait for the broker. */
    int partitions(String topic);

    /** Tells the group, for lag tools only. Does not wait, does not fail. */
    void acknowledge(Map<TopicPartition, Long> nextOffsets);

    /** The offsets {@code [earliest, latest)} that can be read.
     *
     * @param latest of what is committed
     */
    record Bounds(long earliest, long latest) {}

    /** Told of changes, from within {@link #poll}. */
    interface Assignment {
        void assigned(Collection<TopicPartition> partitions);

        /** The partitions are still ours during the call, and not after it. */
        void revoked(Collection<TopicPartition> partitions);

        /** The partitions are no longer ours. */
        void lost(Collection<TopicPartition> partitions);
    }
}
