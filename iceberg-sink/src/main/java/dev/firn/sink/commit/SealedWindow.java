package dev.firn.sink.commit;

import dev.firn.sink.write.WrittenFiles;

/** A window whose files are complete.
 *
 * @param rejectsHeld whether the quarantine table holds the window's rejects
 * @param doubtful whether a table may hold its files by a commit together with other windows that came to nothing: they are
 *     left to be removed by age
 */
record SealedWindow(Window window, WrittenFiles rows, WrittenFiles rejects, boolean rejectsHeld, boolean doubtful) {
    SealedWindow withRejectsHeld() {
        return new SealedWindow(window, rows, rejects, true, doubtful);
    }

    SealedWindow withDoubt() {
        return new SealedWindow(window, rows, rejects, rejectsHeld, true);
    }
}
