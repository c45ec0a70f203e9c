package dev.firn.local.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The file that says which processes belong to a data directory, so that the next one to start there can wait for what an
 * earlier one, itself killed, has left ending.
 */
public final class Roll {
    private static final Duration ENDING = Duration.ofSeconds(12);

    private final Path file;

    public Roll(Path file) {
        this.file = file;
    }

    /** Returns when none of the processes of an earlier run is left. */
    public void awaitEnded() {
        for (var process : read()) {
            process.ifPresent(Roll::end);
        }
        clear();
    }

    void write(Collection<Child> children) throws IOException {
        var lines = children.stream().map(Child::handle).map(Roll::line).collect(Collectors.joining());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, lines);
    }

    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Optional<ProcessHandle>> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Roll::process).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + started(process) + "\n";
    }

    /** A process id is used again; together with its start it is not. */
    private static Optional<ProcessHandle> process(String line) {
        var words = line.split(" ", 2);
        return words.length < 2 || !words[0].matches("\\d+")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(process -> started(process).equals(words[1]));
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }

    private static void end(ProcessHandle process) {
        try {
            process.onExit().get(ENDING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
