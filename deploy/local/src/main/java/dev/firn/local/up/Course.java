package dev.firn.local.up;

import dev.firn.local.status.Observation;
import dev.firn.local.status.SinkStatus;
import dev.firn.local.status.TableStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How lag and freshness went, from one observation after the other. For one thread. */
final class Course {
    private final List<Long> lags = new ArrayList<>();
    private final Map<String, Commits> tables = new HashMap<>();

    /** Commits of a table that were seen: with an observation each second, those that were the newest one then. */
    private static final class Commits {
        private final List<Long> p50 = new ArrayList<>();
        private final List<Long> p99 = new ArrayList<>();
        private long newest;

        void add(TableStatus table) {
            if (table.snapshotId() != null
                    && table.snapshotId() != newest
                    && table.freshnessP50Millis() != null
                    && table.freshnessP99Millis() != null) {
                newest = table.snapshotId();
                p50.add(table.freshnessP50Millis());
                p99.add(table.freshnessP99Millis());
            }
        }
    }

    void add(Observation seen) {
        if (seen.generator().filter(generator -> !generator.quiet()).isPresent()) {
            lags.add(seen.lag());
        }
        seen.sink()
                .map(SinkStatus::tables)
                .orElse(List.of())
                .forEach(table -> tables.computeIfAbsent(table.table(), name -> new Commits())
                        .add(table));
    }

    /** Milliseconds from a record's creation to its row's commit, in the middle of the commits' medians; empty without any. */
    OptionalLong freshnessP50(String table) {
        return percentile(commits(table).p50, 50);
    }

    /** The same of 99 records in 100, in 99 commits of 100. */
    OptionalLong freshnessP99(String table) {
        return percentile(commits(table).p99, 99);
    }

    private Commits commits(String table) {
        return tables.getOrDefault(table, new Commits());
    }

    /** Records that waited while events came, in the middle of the first half of that time; empty if none came. */
    OptionalLong lagAtFirst() {
        return percentile(lags.subList(0, (lags.size() + 1) / 2), 50);
    }

    /** The same in the second half: as long as it keeps up, no more than in the first. */
    OptionalLong lagLater() {
        return percentile(lags.subList(lags.size() / 2, lags.size()), 50);
    }

    OptionalLong highestLag() {
        return percentile(lags, 100);
    }

    /** By nearest rank. */
    private static OptionalLong percentile(List<Long> values, int percent) {
        int rank = (values.size() * percent + 99) / 100;
        return values.stream()
                .sorted()
                .skip(Math.max(0, rank - 1))
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
