package dev.firn.lineage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file to which each event is appended as a line. */
record EventFile(Path path) implements Destination {
    @Override
    public void take(String event) throws IOException {
        Files.write(path, List.of(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
