package dev.firn.sink.consume;

import dev.firn.sink.keys.KeyHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.common.TopicPartition;

/** Watches what tables hold, file by file as they are added: no record twice, nor both in its table and in quarantine. */
final class SimHeld {
    private final SimStore store;
    private final SimFiles files;
    private final SimTopics topics;
    private final Map<TableIdentifier, Integer> versions = new HashMap<>();
    private final Map<TableIdentifier, Integer> seen = new HashMap<>();
    /** Whether rejected, by table and record, as {@link SimFiles} names them: the table that a reject was meant for. */
    private final Map<String, Boolean> records = new HashMap<>();

    private int rewrites;
    private long size;

    SimHeld(SimStore store, SimFiles files, SimTopics topics) {
        this.store = store;
        this.files = files;
        this.topics = topics;
    }

    void requireNothingTwice() {
        if (store.rewrites() != rewrites) {
            rewrites = store.rewrites();
            seen.clear();
            records.clear();
            size = 0;
        }
        for (TableIdentifier table : store.tables()) {
            List<DataFile> all = store.state(table).files();
            all.subList(seen.getOrDefault(table, 0), all.size()).forEach(file -> add(table, file.location()));
            seen.put(table, all.size());
        }
        store.tables().stream()
                .filter(table -> SimTopics.isKeyed(table.toString()))
                .forEach(this::requireNewestVersions);
    }

    /** A row of each key's last version up to the ledger's end, unless that deletes it. */
    private void requireNewestVersions(TableIdentifier table) {
        int version = store.state(table).version();
        if (!Integer.valueOf(version).equals(versions.put(table, version))) {
            List<String> rows = store.rows(table);
            Map<KeyHash, String> newest = newestVersions(table);
            if (rows.size() != newest.size() || !newest.values().containsAll(rows)) {
                throw new AssertionError(table + " has " + rows + ", newest are " + newest.values());
            }
        }
    }

    private Map<KeyHash, String> newestVersions(TableIdentifier table) {
        Map<KeyHash, String> newest = new HashMap<>();
        store.state(table).ledger().held().forEach((source, span) -> {
            TopicPartition partition = new TopicPartition(source.topic(), source.partition());
            for (long offset = span.start(); offset < span.end(); offset++) {
                String row = SimFiles.row(topics.record(partition, offset));
                byte kind = topics.log(partition).get((int) offset);
                boolean rejected = records.getOrDefault(table + " " + row, false);
                if (kind == SimTopics.NOTHING || rejected) {
                    continue;
                }
                if (SimTopics.isDeletion(source.topic(), offset)) {
                    newest.remove(SimFiles.key(row));
                } else {
                    newest.put(SimFiles.key(row), row);
                }
            }
        });
        return newest;
    }

    private void add(TableIdentifier table, String path) {
        boolean rejected = SimFiles.isOfRejects(path);
        String prefix = rejected ? "" : table + " ";
        for (String row : files.rows(path)) {
            if (records.put(prefix + row, rejected) != null) {
                throw new AssertionError("twice: " + prefix + row + " with " + path + " of " + table);
            }
            size += SimTopics.isKeyed(prefix + row) ? 0 : 1;
        }
    }

    /** Empty if it is nowhere. */
    Optional<Boolean> isRejected(String record) {
        return Optional.ofNullable(records.get(record));
    }

    /** Without those of tables of the newest rows. */
    long size() {
        return size;
    }
}
