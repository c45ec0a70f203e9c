package dev.firn.sink.consume;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;

/** Watches what tables hold, file by file as they are added: no record twice, nor both in its table and in quarantine. */
final class SimHeld {
    private final SimStore store;
    private final SimFiles files;
    private final Map<TableIdentifier, Integer> seen = new HashMap<>();
    /** Whether rejected, by table and record, as {@link SimFiles} names them: the table that a reject was meant for. */
    private final Map<String, Boolean> records = new HashMap<>();

    private int rollbacks;

    SimHeld(SimStore store, SimFiles files) {
        this.store = store;
        this.files = files;
    }

    void requireNothingTwice() {
        if (store.rollbacks() != rollbacks) {
            rollbacks = store.rollbacks();
            seen.clear();
            records.clear();
        }
        for (TableIdentifier table : store.tables()) {
            List<DataFile> all = store.state(table).files();
            all.subList(seen.getOrDefault(table, 0), all.size()).forEach(file -> add(table, file.location()));
            seen.put(table, all.size());
        }
    }

    private void add(TableIdentifier table, String path) {
        boolean rejected = SimFiles.isOfRejects(path);
        String prefix = rejected ? "" : table + " ";
        for (String row : files.rows(path)) {
            if (records.put(prefix + row, rejected) != null) {
                throw new AssertionError("twice: " + prefix + row + " with " + path + " of " + table);
            }
        }
    }

    /** Empty if it is nowhere. */
    Optional<Boolean> isRejected(String record) {
        return Optional.ofNullable(records.get(record));
    }

    long size() {
        return records.size();
    }
}
