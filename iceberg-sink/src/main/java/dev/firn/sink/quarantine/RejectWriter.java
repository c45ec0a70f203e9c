package dev.firn.sink.quarantine;

import dev.firn.sink.write.WrittenFiles;
import java.util.List;

/** Writes rejects into data files of the quarantine table. Safe for use by many threads. */
@FunctionalInterface
public interface RejectWriter {
    /** Makes files of them, to be committed.
     *
     * @throws RuntimeException whatever catalog or storage throw; nothing is left behind then, as far as they let it
     */
    WrittenFiles write(List<Reject> rejects);
}
