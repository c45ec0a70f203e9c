package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** How far a raw partition is. It goes to every task of the second stage, without a key, behind all sums that it is about.
 *
 * @param date the newest so far, in days since 1970
 * @param idle whether the partition need not be waited for
 */
record Reached(int partition, long date, boolean idle) {
    byte[] pack() {
        return new Packer()
                .putLong(partition)
                .putSortable(date)
                .putByte(idle ? 1 : 0)
                .toBytes();
    }

    static Reached unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        return new Reached((int) in.takeLong(), in.takeSortable(), in.takeByte() == 1);
    }

    /** Sends sums by their key, and what has none everywhere. */
    static StreamPartitioner<byte[], byte[]> partitioner() {
        return (topic, key, value, partitions) -> key == null
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.<Integer>toSet()))
                : Optional.<Set<Integer>>empty();
    }
}
