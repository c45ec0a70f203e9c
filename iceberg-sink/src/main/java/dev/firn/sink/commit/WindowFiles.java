package dev.firn.sink.commit;

import dev.firn.sink.table.Growth;
import dev.firn.sink.write.WrittenFiles;
import java.util.Optional;

/** Rows on their way into data files, which are complete or gone. For one thread at a time. */
public interface WindowFiles {
    /** Closes the files. Nothing may be added afterwards.
     *
     * @throws RuntimeException whatever the storage throws; what was written is to be aborted then
     */
    WrittenFiles complete();

    /** What the rows do to a table's keys; empty where they are appended. */
    default Optional<KeyedRows> keys() {
        return Optional.empty();
    }

    /** Lets go of what is only needed until the window is committed or dropped. */
    default void release() {
        // rows that are appended need nothing
    }

    /** What the files need of the table's schema; none where they fit it as it was. */
    default Optional<Growth> growth() {
        return Optional.empty();
    }

    /** Gives up and deletes what was written, as far as the storage lets it. Does not throw for a failure of the storage. */
    void abort();
}
