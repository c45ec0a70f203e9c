package dev.firn.sink.commit;

import dev.firn.sink.write.WrittenFiles;

/** A window whose files are complete.
 *
 * @param rejectsHeld whether the quarantine table holds the window's rejects
 */
record SealedWindow(Window window, WrittenFiles rows, WrittenFiles rejects, boolean rejectsHeld) {
    SealedWindow withRejectsHeld() {
        return new SealedWindow(window, rows, rejects, true);
    }
}
