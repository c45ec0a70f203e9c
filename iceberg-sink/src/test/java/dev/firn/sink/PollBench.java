package dev.firn.sink;

import dev.firn.sink.table.TableKind;
import dev.firn.sink.write.BenchRecords;
import dev.firn.sink.write.Rivals;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The least that it could cost: a topic's records polled, and nothing else, or decoded and into Iceberg's generic writer. */
public final class PollBench {
    static final String POLL = "poll";
    static final String WRITE = "poll, Iceberg's generic writer";

    private static final int RECORDS_IN_A_FILE = 200_000;

    private PollBench() {}

    public static void main(String[] arguments) throws IOException {
        String kind = arguments[0];
        int records = Integer.parseInt(arguments[3]);
        Rivals rivals = Rivals.inMemory(BenchRecords.FLAT.schema(), TableKind.PLAIN);
        List<ConsumerRecord<byte[], byte[]>> waiting = new ArrayList<>();
        SinkBench.Half half = SinkBench.Half.NEVER_SEEN;
        int read = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", arguments[1], "max.poll.records", 5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(arguments[2]).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (read < records) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    read++;
                    if (kind.equals(WRITE)) {
                        waiting.add(record);
                    }
                }
                if (waiting.size() >= RECORDS_IN_A_FILE || (read == records && !waiting.isEmpty())) {
                    rivals.icebergGeneric(waiting);
                    waiting.clear();
                }
                if (half.read() == 0 && read >= records / 2) {
                    half = new SinkBench.Half(read, wall(), cpu());
                }
            }
            System.out.println(new SinkBench.Cost(kind, records, wall(), cpu(), half));
        }
    }

    private static Duration wall() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
