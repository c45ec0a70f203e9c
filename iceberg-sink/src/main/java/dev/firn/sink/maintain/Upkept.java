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
     */
    public record Debt(int snapshots, int expirable) {
        static final Debt NONE = new Debt(0, 0);
    }

    /** What was done.
     *
     * @param snapshotsExpired by commits
     * @param filesDeleted that only those referred to
     */
    public record Done(int snapshotsExpired, int filesDeleted) {
        static final Done NOTHING = new Done(0, 0);

        Done plus(Done other) {
            return new Done(snapshotsExpired + other.snapshotsExpired, filesDeleted + other.filesDeleted);
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

    Upkept did(Done more) {
        return new Upkept(table, state, why, at, debt, done.plus(more));
    }
}
