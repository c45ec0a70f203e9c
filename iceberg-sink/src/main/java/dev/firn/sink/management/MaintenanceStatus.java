package dev.firn.sink.management;

import dev.firn.sink.maintain.Upkept;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a table is kept in order, as {@code /maintenance} shows it.
 *
 * @param why it was not done, or not all of it
 * @param at when it was last looked at
 * @param debt what there was to do then
 * @param done by this process since it began
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record MaintenanceStatus(
        String table,
        String state,
        @Nullable String why,
        @Nullable Instant at,
        Debt debt,
        Done done) {
    static MaintenanceStatus of(Upkept upkept) {
        return new MaintenanceStatus(
                upkept.table().toString(),
                upkept.state().name(),
                upkept.why().orElse(null),
                upkept.at().orElse(null),
                Debt.of(upkept.debt()),
                Done.of(upkept.done()));
    }

    /** What there is to do.
     *
     * @param expirable snapshots that could be expired
     * @param smallFiles that could be packed, or of whose rows many are deleted
     * @param packedFiles that these would become
     * @param oldRows past the age that the table keeps them to
     * @param unclusteredFiles whose rows could be ordered together, as the table says
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Debt(
            int snapshots,
            int expirable,
            int smallFiles,
            int packedFiles,
            long packedBytes,
            long oldRows,
            int unclusteredFiles,
            long unclusteredBytes) {
        static Debt of(Upkept.Debt debt) {
            return new Debt(
                    debt.snapshots(),
                    debt.expirable(),
                    debt.smallFiles(),
                    debt.packedFiles(),
                    debt.packedBytes(),
                    debt.oldRows(),
                    debt.unclusteredFiles(),
                    debt.unclusteredBytes());
        }
    }

    /** What was done. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Done(
            int snapshotsExpired,
            int filesDeleted,
            int filesRead,
            int filesWritten,
            long bytesRead,
            long rowsDropped,
            int filesClustered) {
        static Done of(Upkept.Done done) {
            return new Done(
                    done.snapshotsExpired(),
                    done.filesDeleted(),
                    done.filesRead(),
                    done.filesWritten(),
                    done.bytesRead(),
                    done.rowsDropped(),
                    done.filesClustered());
        }
    }
}
