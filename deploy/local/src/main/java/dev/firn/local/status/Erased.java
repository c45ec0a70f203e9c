package dev.firn.local.status;

import java.util.List;

/** What a table held of a key, as the sink's {@code /erase} has it.
 *
 * @param rows of the current snapshot
 * @param files of that, that hold some, deleted ones too
 * @param snapshots that refer to such files
 * @param kept branches and tags that do, and go on doing so
 */
public record Erased(String table, long rows, int files, int snapshots, List<String> kept) {
    public Erased {
        kept = kept == null ? List.of() : List.copyOf(kept);
    }
}
