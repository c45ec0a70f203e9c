package dev.firn.sink.management;

import dev.firn.sink.maintain.ErasureJob;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** How far an erasure is. It says nothing of whose it is.
 *
 * @param id to look it up by
 * @param state RUNNING, DONE, or FAILED where a table did: then it is to be asked for again
 * @param columns that the key has
 * @param endedAt null while it runs
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record ErasureStatus(
        String id,
        String state,
        boolean dryRun,
        Set<String> columns,
        String begunAt,
        @Nullable String endedAt,
        List<Table> tables) {
    /** How far it is with a table.
     *
     * @param state WAITING, RUNNING, DONE, FAILED
     * @param rows of the current snapshot, as all that follows null until it is done
     * @param files of that, that hold some, deleted ones too
     * @param snapshots that refer to such files
     * @param kept branches and tags that do, and go on doing so
     * @param failure what kind of thing went wrong
     */
    @Serdeable
    record Table(
            String table,
            String state,
            @Nullable Long rows,
            @Nullable Integer files,
            @Nullable Integer snapshots,
            @Nullable List<String> kept,
            @Nullable String failure) {
        private static Table of(Map.Entry<TableIdentifier, ErasureJob.Progress> entry) {
            ErasureJob.Progress progress = entry.getValue();
            var found = progress.found();
            return new Table(
                    entry.getKey().toString(),
                    progress.state().name(),
                    found == null ? null : found.rows(),
                    found == null ? null : found.files(),
                    found == null ? null : found.snapshots(),
                    found == null ? null : found.kept(),
                    progress.failure());
        }
    }

    static ErasureStatus of(ErasureJob job) {
        return new ErasureStatus(
                job.id().toString(),
                job.state().name(),
                job.isDryRun(),
                new TreeSet<>(job.columns()),
                job.begun().toString(),
                job.ended().map(Object::toString).orElse(null),
                job.tables().entrySet().stream().map(Table::of).toList());
    }
}
