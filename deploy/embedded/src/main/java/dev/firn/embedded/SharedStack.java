package dev.firn.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The stack that the tests of one JVM share. */
final class SharedStack {
    static final EmbeddedStack STACK = start();

    private SharedStack() {}

    private static EmbeddedStack start() {
        try {
            var folder = Files.createTempDirectory("firn-stack");
            var stack = EmbeddedStack.start(folder, Ports.ANY);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, folder), "shared-stack-end"));
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the shared stack started", e);
        }
    }

    private static void end(EmbeddedStack stack, Path folder) {
        try (var files = Files.walk(folder)) {
            stack.close();
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
