package dev.firn.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to start as a child JVM, with the same Java as this one. The child ends when this process ends, however that happens,
 * and Ctrl-C in a terminal doesn't reach it: its parent decides when it stops.
 *
 * @param mainClass the program's own main class
 * @param classPath jars and folders; a jar's manifest may name more
 * @param jvmOptions such as {@code -Xmx512m}
 * @param arguments to the main class
 * @param environment added to this process' own
 * @param withheld variables of this process that the child does not get
 * @param log takes standard output and error; appended to
 * @param scratch a folder that is this child's own
 */
public record ChildJvm(
        String mainClass,
        List<Path> classPath,
        List<String> jvmOptions,
        List<String> arguments,
        Map<String, String> environment,
        Set<String> withheld,
        Path log,
        Path scratch) {

    /** An interrupt from the terminal goes to every process in the foreground, and the child must not take it. */
    private static final List<String> DEAF_TO_TERMINAL = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    public ChildJvm {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        withheld = Set.copyOf(withheld);
    }

    /** Starts it; the process id is that of the JVM. Closing the process' output stream ends it, too. */
    public Process start() throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeAll(withheld);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> command() throws IOException {
        var command = new ArrayList<>(DEAF_TO_TERMINAL);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(joined(Leash.installIn(scratch.resolve("leash"))));
        command.add(Leash.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private String joined(Path leash) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + leash;
    }
}
