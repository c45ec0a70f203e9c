package dev.firn.sink.consume;

import dev.firn.quarantine.Reason;
import dev.firn.registry.RegistryUnavailableException;
import dev.firn.serde.UndecodableException;
import dev.firn.sink.commit.KeyedRows;
import dev.firn.sink.commit.Source;
import dev.firn.sink.keys.KeyHash;
import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.quarantine.Reject;
import dev.firn.sink.write.WrittenFiles;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The simulated storage: which rows each file holds. It fails as often as the chaos says. */
final class SimFiles {
    private final RandomGenerator random;
    private final SimChaos chaos;
    private final Clock clock;
    private final Map<String, List<String>> rowsByFile = new HashMap<>();
    private final Map<String, Instant> written = new HashMap<>();
    private int count;

    SimFiles(RandomGenerator random, SimChaos chaos, Clock clock) {
        this.random = random;
        this.chaos = chaos;
        this.clock = clock;
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
        written.remove(path);
    }

    /** Files of the table that were written before that. */
    List<String> olderThan(Instant time, TableIdentifier table) {
        return written.entrySet().stream()
                .filter(file -> file.getValue().isBefore(time) && isOf(table, file.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOf(TableIdentifier table, String path) {
        return path.startsWith("rows-" + table + "-") || (isOfRejects(path) && table.equals(SimInstance.QUARANTINE));
    }

    /** Opens files.
     *
     * @param held counts what all files of an instance hold
     * @param firstRow called before the first row
     */
    RecordFiles open(TableIdentifier table, AtomicLong held, Runnable firstRow) {
        return new Rows(table, held, firstRow);
    }

    WrittenFiles write(List<Reject> rejects) {
        chaos.maybe(SimChaos.STORAGE, random);
        return write(
                rejects.stream()
                        .map(reject -> reject.target() + " " + row(reject.record()))
                        .toList(),
                path("rejects"));
    }

    private String path(String kind) {
        return kind + "-" + count++ + ".parquet";
    }

    /** What another engine writes, or Firn's own packing. */
    DataFile rewritten(TableIdentifier table, List<String> rows) {
        return write(rows, path("rows-" + table)).files().get(0);
    }

    private WrittenFiles write(List<String> rows, String path) {
        rowsByFile.put(path, List.copyOf(rows));
        written.put(path, clock.instant());
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

    /** Of a row, as {@link #row} names it. */
    static KeyHash key(String row) {
        long partition = Long.parseLong(row.substring(row.lastIndexOf('-') + 1, row.indexOf(' ')));
        return new KeyHash(partition, SimTopics.key(Long.parseLong(row.substring(row.indexOf(' ') + 1))));
    }

    static String row(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + " " + record.offset();
    }

    private final class Rows implements RecordFiles {
        private final List<String> rows = new ArrayList<>();
        private final AtomicLong allHeld;
        private final Runnable firstRow;
        private final String path;
        private final @Nullable KeyedRows keyed;
        private long held;

        private Rows(TableIdentifier table, AtomicLong allHeld, Runnable firstRow) {
            this.allHeld = allHeld;
            this.firstRow = firstRow;
            this.path = path("rows-" + table);
            this.keyed = SimTopics.isKeyed(table.toString()) ? new KeyedRows(List.of("id"), KeySpace.onHeap()) : null;
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
            Source source = new Source(record.topic(), record.partition());
            KeyHash key = new KeyHash(record.partition(), SimTopics.key(record.offset()));
            if (keyed != null && SimTopics.isDeletion(record.topic(), record.offset())) {
                keyed.deleted(source, key, record.offset());
                return;
            }
            if (rows.isEmpty()) {
                begin();
            }
            if (keyed != null) {
                keyed.written(source, key, record.offset(), path, rows.size());
            }
            rows.add(row(record));
            hold(1);
        }

        @Override
        public Optional<KeyedRows> keys() {
            return Optional.ofNullable(keyed);
        }

        @Override
        public void release() {
            if (keyed != null) {
                keyed.release();
            }
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
            return rows.isEmpty() ? new WrittenFiles(List.of(), 0, 0, 0) : SimFiles.this.write(rows, path);
        }

        @Override
        public void abort() {
            rows.clear();
            hold(-held);
        }
    }
}
