package dev.firn.local.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far an erasure is, as the sink's {@code /erase} has it.
 *
 * @param id to look it up by
 * @param state RUNNING, DONE or FAILED
 */
public record Erasure(String id, String state, List<Table> tables) {
    public Erasure {
        tables = tables == null ? List.of() : List.copyOf(tables);
    }

    /** How far it is with a table; what was found is of one that is done.
     *
     * @param rows of the current snapshot
     * @param files of that, that hold some, deleted ones too
     * @param snapshots that refer to such files
     * @param kept branches and tags that do, and go on doing so
     * @param failure what kind of thing went wrong
     */
    public record Table(
            String table,
            String state,
            long rows,
            int files,
            int snapshots,
            List<String> kept,
            @Nullable String failure) {
        public Table {
            kept = kept == null ? List.of() : List.copyOf(kept);
        }

        /** Whether nothing more will become of it. */
        public boolean hasEnded() {
            return state.equals("DONE") || state.equals("FAILED");
        }
    }

    public boolean isRunning() {
        return state.equals("RUNNING");
    }

    public boolean hasFailed() {
        return state.equals("FAILED");
    }
}
