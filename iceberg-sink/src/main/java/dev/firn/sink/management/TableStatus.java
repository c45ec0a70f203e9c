package dev.firn.sink.management;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table, as {@code /tables} shows it.
 *
 * @param state of its sources: {@code FOLLOWING} if all are well, else what the worst of them is
 * @param blocked what needs an operator, by source
 * @param lag records between what was read and the topics' ends, over this instance's partitions; -1 if not known
 * @param lagByTopic the same of each topic, where it is known
 * @param avroBytes of the values of all records that Firn committed
 * @param unpublished null if commits go to main
 * @param ledger topic to partition to {@code [start, end)}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
public record TableStatus(
        String table,
        String state,
        Map<String, String> blocked,
        long rows,
        long files,
        long bytes,
        long avroBytes,
        int snapshots,
        @Nullable Long snapshotId,
        @Nullable Instant committedAt,
        long commitMillis,
        long lag,
        Map<String, Long> lagByTopic,
        long openRows,
        long openBytes,
        int inFlight,
        long freshnessP50Millis,
        long freshnessP99Millis,
        Map<String, Map<String, List<Long>>> ledger,
        @Nullable Unpublished unpublished) {
    /** What is on a branch, and not on main.
     *
     * @param standing {@code PUBLISHED}, {@code AHEAD}, or {@code DIVERGED}, which can't be published
     * @param since when the oldest of the snapshots was committed
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Unpublished(
            String branch,
            String standing,
            int snapshots,
            long rows,
            @Nullable Instant since) {
        static Unpublished of(dev.firn.sink.commit.Unpublished those) {
            return new Unpublished(those.branch(), those.standing(), those.snapshots(), those.rows(), those.since());
        }
    }
}
