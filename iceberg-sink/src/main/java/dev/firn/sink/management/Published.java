package dev.firn.sink.management;

import dev.firn.sink.inspect.Step;
import dev.firn.sink.publish.Publication;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;

/** What was published, or would be.
 *
 * @param snapshot that main is moved to, as text: scripts' numbers have too few digits for it; null if there is nothing to publish
 * @param snapshots newest first, the first {@link #MOST} of those that are not expired
 * @param offsets {@code [start, end)} by source
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record Published(
        String branch,
        @Nullable String snapshot,
        int snapshotCount,
        long rowsBefore,
        long rowsAfter,
        Map<String, List<Long>> offsets,
        List<Each> snapshots) {
    private static final int MOST = 100;

    /** One of them. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Each(String id, Instant at, String operation, long addedRows, long addedFiles, long addedDeletes) {
        static Each of(Snapshot snapshot) {
            Step step = Step.of(snapshot);
            return new Each(
                    step.id(),
                    Instant.ofEpochMilli(step.at()),
                    step.operation(),
                    step.addedRows(),
                    step.addedFiles(),
                    step.addedDeletes());
        }
    }

    static Published of(Publication publication) {
        Map<String, List<Long>> offsets = new TreeMap<>();
        publication
                .offsets()
                .forEach((source, span) -> offsets.put(source.toString(), List.of(span.start(), span.end())));
        Snapshot to = publication.to();
        return new Published(
                publication.branch().name(),
                to == null ? null : Long.toString(to.snapshotId()),
                publication.snapshots().size(),
                publication.rowsBefore(),
                publication.rowsAfter(),
                offsets,
                publication.snapshots().stream().limit(MOST).map(Each::of).toList());
    }
}
