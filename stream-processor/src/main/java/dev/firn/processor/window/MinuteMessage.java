package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * What the tasks of the raw partitions tell the tasks that fold minutes. Facts go to the partition of their dimensions,
 * the others to every partition.
 */
sealed interface MinuteMessage {
    /** Facts of one raw partition, minute and dimensions. Follows no watermark that is past the minute.
     *
     * @param minute its start, in epoch microseconds
     * @param number tells the chunk from the others of its partition, minute and dimensions
     */
    record Facts(int partition, long minute, long number, FactChunk chunk) implements MinuteMessage {}

    /** The partition will send no facts of minutes that end at the time or before; it is not idle. */
    record Watermark(int partition, long time) implements MinuteMessage {}

    /** Nothing comes from the partition for now: the others need not wait for it. */
    record Idle(int partition) implements MinuteMessage {}

    int FACTS = 0;
    int WATERMARK = 1;
    int IDLE = 2;

    default byte[] pack() {
        Packer out = new Packer();
        if (this instanceof Facts facts) {
            out.putByte(FACTS).putLong(facts.partition).putLong(facts.minute).putLong(facts.number);
            facts.chunk.appendTo(out);
        } else if (this instanceof Watermark watermark) {
            out.putByte(WATERMARK).putLong(watermark.partition).putLong(watermark.time);
        } else {
            out.putByte(IDLE).putLong(((Idle) this).partition);
        }
        return out.toBytes();
    }

    static MinuteMessage unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int kind = in.takeByte();
        int partition = (int) in.takeLong();
        return switch (kind) {
            case FACTS -> new Facts(partition, in.takeLong(), in.takeLong(), FactChunk.of(in.takeRest()));
            case WATERMARK -> new Watermark(partition, in.takeLong());
            case IDLE -> new Idle(partition);
            default -> throw new IllegalArgumentException("no message of kind " + kind);
        };
    }

    /** Sends each message where it belongs. */
    static StreamPartitioner<byte[], byte[]> partitioner() {
        return (topic, key, value, partitions) -> value[0] == FACTS
                ? Optional.empty()
                : Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.<Integer>toSet()));
    }
}
