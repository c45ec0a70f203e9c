package dev.firn.sink.maintain;

import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** How the keeping of a table in order stands, as this instance knows it.
 *
 * @param why it was not done, or not all of it
 * @param at when it was last looked at; empty if it was not yet
 * @param debt what there was to do then
 * @param done by this instance since it began
 */
public record Upkept(
        TableIdentifier table, State state, Optional<String> why, Optional<Instant> at, Debt debt, Done done) {
    /** In one word. */
    public enum State {
        /** Nothing is to be done, or not enough yet. */
        IDLE,
        /** It is being done. */
        WORKING,
        /** Another instance does it. */
        ELSEWHERE,
        /** It is switched off for the table. */
        OFF,
        /** It could not be done this time. */
        FAILED
    }

    /** What is to be done.
     *
     * @param expirable snapshots that could be expired
     * @param smallFiles that could be packed, or of whose rows many are deleted
     * @param packedFiles that these would become
     * @param packedBytes of the former
     * @param oldRows past the age that the table keeps them to
     * @param unclusteredFiles whose rows could be ordered together, as the table says
     * @param unclusteredBytes of these
     */
    public record Debt(
            int snapshots,
            int expirable,
            int smallFiles,
            int packedFiles,
            long packedBytes,
            long oldRows,
            int unclusteredFiles,
            long unclusteredBytes) {
        static final Debt NONE = new Debt(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** What was done.
     *
     * @param snapshotsExpired by commits
     * @param filesDeleted that only those referred to
     * @param filesRead that were packed, or clustered
     * @param filesWritten that they were packed into
     * @param bytesRead of the former
     * @param rowsDropped past their age
     * @param filesClustered of those that were read
     */
    public record Done(
            int snapshotsExpired,
            int filesDeleted,
            int filesRead,
            int filesWritten,
            long bytesRead,
            long rowsDropped,
            int filesClustered) {
        static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0, 0);

        static Done expired(int snapshots, int files) {
            return new Done(snapshots, files, 0, 0, 0, 0, 0);
        }

        static Done packed(int from, int to, long bytes, int clustered) {
            return new Done(0, 0, from, to, bytes, 0, clustered);
        }

        static Done dropped(long rows) {
            return new Done(0, 0, 0, 0, 0, rows, 0);
        }

        Done plus(Done other) {
            return new Done(
                    snapshotsExpired + other.snapshotsExpired,
                    filesDeleted + other.filesDeleted,
                    filesRead + other.filesRead,
                    filesWritten + other.filesWritten,
                    bytesRead + other.bytesRead,
                    rowsDropped + other.rowsDropped,
                    filesClustered + other.filesClustered);
        }
    }

    static Upkept unseen(TableIdentifier table) {
        return new Upkept(table, State.IDLE, Optional.empty(), Optional.empty(), Debt.NONE, Done.NOTHING);
    }

    Upkept working(Debt found, Instant now) {
        return new Upkept(table, State.WORKING, Optional.empty(), Optional.of(now), found, done);
    }

    Upkept rests(State now, Debt found, Instant when) {
        return new Upkept(table, now, Optional.empty(), Optional.of(when), found, done);
    }

    Upkept failed(String cause, Instant now) {
        return new Upkept(table, State.FAILED, Optional.of(cause), Optional.of(now), debt, done);
    }

    Upkept because(Optional<String> cause) {
        return new Upkept(table, state, cause, at, debt, done);
    }

    Upkept did(Done more) {
        return new Upkept(table, state, why, at, debt, done.plus(more));
    }
}
