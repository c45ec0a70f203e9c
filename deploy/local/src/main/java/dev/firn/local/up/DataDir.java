package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.display.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The folder of everything that is kept. */
record DataDir(Path folder) {
    private static final long LEAST_SPACE = 1L << 30;

    /** What belongs to us: nothing else is ever deleted. */
    private static final List<String> OURS = List.of(
            "kafka",
            "registry",
            "s3",
            "state",
            "pii.key",
            "logs",
            "catalog.db",
            "catalog.db-wal",
            "catalog.db-shm",
            "truth.json",
            "settings.properties");

    Path settings() {
        return folder.resolve("settings.properties");
    }

    /** @throws CommandException if it can't be written to, or the disk is nearly full */
    void prepare() {
        try {
            Files.createDirectories(folder);
            var space = Files.getFileStore(folder).getUsableSpace();
            if (space < LEAST_SPACE) {
                throw new CommandException("only %s left on the disk of %s: free at least %s, or use another --data-dir"
                        .formatted(Amounts.bytes(space), folder, Amounts.bytes(LEAST_SPACE)));
            }
        } catch (IOException e) {
            throw new CommandException(
                    "%s can't be used (%s): choose another --data-dir".formatted(folder, e.getMessage()), e);
        }
    }

    /** Deletes everything that an earlier run has kept. */
    void clear() throws IOException {
        for (var name : OURS) {
            delete(folder.resolve(name));
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
