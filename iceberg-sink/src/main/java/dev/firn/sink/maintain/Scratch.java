package dev.firn.sink.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where files go that nobody but this process reads, and no crash leaves behind: they have no name once they are open. */
record Scratch(Path directory) {
    /** The system's folder for such files. */
    static final Scratch DEFAULT = new Scratch(Path.of(System.getProperty("java.io.tmpdir", ".")));

    /** An empty file.
     *
     * @throws UncheckedIOException if the disk has no room for it
     */
    FileChannel open() {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(
                    Files.createTempFile(directory, "firn-rows-", null),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for rows in " + directory, e);
        }
    }
}
