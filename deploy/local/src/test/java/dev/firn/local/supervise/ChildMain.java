package dev.firn.local.supervise;

import dev.firn.process.ChildJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process to supervise in tests. */
public final class ChildMain {
    private ChildMain() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "fail" -> {
                System.err.println("out of luck");
                System.exit(3);
            }
            case "parent" -> startChildAndTell(Path.of(args[1]), Path.of(args[2]));
            default -> Thread.sleep(120_000);
        }
    }

    static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static void startChildAndTell(Path file, Path folder) throws Exception {
        var child = new ChildJvm(
                ChildMain.class.getName(),
                classPath(),
                List.of(),
                List.of("sleep"),
                Map.of(),
                Set.of(),
                folder.resolve("grandchild.log"),
                folder.resolve("grandchild"));
        var draft = file.resolveSibling("draft");
        Files.writeString(draft, Long.toString(child.start().pid()));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Thread.sleep(120_000);
    }
}
