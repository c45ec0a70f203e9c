package dev.firn.sink.consume;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.quarantine.Reject;
import dev.firn.sink.write.WrittenFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The simulated storage: which rows each file holds. It fails as often as the chaos says. */
final class SimFiles {
    private final RandomGenerator random;
    private final SimChaos chaos;
    private final Map<String, List<String>> rowsByFile = new HashMap<>();
    private int count;

    SimFiles(RandomGenerator random, SimChaos chaos) {
        this.random = random;
        this.chaos = chaos;
    }

    List<String> rows(String path) {
        List<String> rows = rowsByFile.get(path);
        if (rows == null) {
            throw new AssertionError("a table refers to a file that is gone: " + path);
        }
        return rows;
    }

    void delete(String path) {
        rowsByFile.remove(path);
    }

    /** Opens files.
     *
     * @param held counts what all files of an instance hold
     * @param firstRow called before the first row
     */
    RecordFiles open(AtomicLong held, Runnable firstRow) {
        return new Rows(held, firstRow);
    }

    WrittenFiles write(List<Reject> rejects) {
        chaos.maybe(SimChaos.STORAGE, random);
        return write(
                rejects.stream()
                        .map(reject -> reject.target() + " " + row(reject.record()))
                        .toList(),
                "rejects");
    }

    private WrittenFiles write(List<String> rows, String kind) {
        String path = kind + "-" + count++ + ".parquet";
        rowsByFile.put(path, List.copyOf(rows));
        DataFile file = DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(path)
                .withFileSizeInBytes(1)
                .withRecordCount(rows.size())
                .build();
        return new WrittenFiles(List.of(file), rows.size(), rows.size(), rows.size());
    }

    static boolean isOfRejects(String path) {
        return path.startsWith("rejects");
    }

    static String row(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + " " + record.offset();
    }

    private final class Rows implements RecordFiles {
        private final List<String> rows = new ArrayList<>();
        private final AtomicLong allHeld;
        private final Runnable firstRow;
        private long held;

        private Rows(AtomicLong allHeld, Runnable firstRow) {
            this.allHeld = allHeld;
            this.firstRow = firstRow;
        }

        @Override
        public void write(ConsumerRecord<byte[], byte[]> record) {
            if (chaos.strikes(SimChaos.REGISTRY, random)) {
                throw new RegistryUnavailableException("simulated");
            }
            byte kind = record.value()[0];
            if (kind == SimTopics.BAD || (kind == SimTopics.DOUBTFUL && random.nextBoolean())) {
                throw new UndecodableException(Reason.MALFORMED, "simulated");
            }
            if (chaos.strikes(SimChaos.STORAGE, random)) {
                throw new FilesFailedException(new IllegalStateException("simulated"));
            }
            if (rows.isEmpty()) {
                begin();
            }
            rows.add(row(record));
            hold(1);
        }

        private void hold(long more) {
            held += more;
            allHeld.addAndGet(more);
        }

        @Override
        public long held() {
            return held;
        }

        private void begin() {
            try {
                firstRow.run();
            } catch (IllegalStateException e) {
                throw new FilesFailedException(e);
            }
        }

        @Override
        public long bytes() {
            return rows.size();
        }

        @Override
        public OptionalLong maxEventTimeMicros(TopicPartition partition) {
            return OptionalLong.empty();
        }

        @Override
        public WrittenFiles complete() {
            chaos.maybe(SimChaos.STORAGE, random);
            hold(-held);
            return rows.isEmpty() ? new WrittenFiles(List.of(), 0, 0, 0) : SimFiles.this.write(rows, "rows");
        }

        @Override
        public void abort() {
            rows.clear();
            hold(-held);
        }
    }
}
