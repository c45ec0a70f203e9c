package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * What the tasks of the raw partitions tell the tasks that fold windows. Facts go where the rows are made that depend on them,
 * the others to every partition.
 */
sealed interface PaneMessage {
    /** Facts of one raw partition, pane and group of dimensions. Follows no watermark that is past the pane.
     *
     * @param pane its start, in epoch microseconds
     * @param number tells the chunk from the others of its partition and pane
     * @param facts as {@link PaneFacts} reads them
     */
    record Chunk(int partition, long pane, int group, long number, Bytes facts) implements PaneMessage {}

    /** The partition will send no facts of panes that end at the time or before; it is not idle. */
    record Watermark(int partition, long time) implements PaneMessage {}

    /** Nothing comes from the partition for now: the others need not wait for it. */
    record Idle(int partition) implements PaneMessage {}

    int FACTS = 0;
    int WATERMARK = 1;
    int IDLE = 2;

    default byte[] pack() {
        Packer out = new Packer();
        if (this instanceof Chunk chunk) {
            out.putByte(FACTS).putByte(chunk.group);
            out.putLong(chunk.partition).putLong(chunk.pane).putLong(chunk.number);
            out.putRaw(chunk.facts.get(), chunk.facts.get().length);
        } else if (this instanceof Watermark watermark) {
            out.putByte(WATERMARK).putLong(watermark.partition).putLong(watermark.time);
        } else {
            out.putByte(IDLE).putLong(((Idle) this).partition);
        }
        return out.toBytes();
    }

    static PaneMessage unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int kind = in.takeByte();
        int group = kind == FACTS ? in.takeByte() : 0;
        int partition = (int) in.takeLong();
        return switch (kind) {
            case FACTS -> new Chunk(partition, in.takeLong(), group, in.takeLong(), Bytes.wrap(in.takeRest()));
            case WATERMARK -> new Watermark(partition, in.takeLong());
            case IDLE -> new Idle(partition);
            default -> throw new IllegalArgumentException("no message of kind " + kind);
        };
    }

    /** Sends each message where it belongs. */
    static StreamPartitioner<byte[], byte[]> partitioner() {
        return (topic, key, value, partitions) -> value[0] == FACTS
                ? Optional.of(Set.of(value[1] % partitions))
                : Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.<Integer>toSet()));
    }
}
