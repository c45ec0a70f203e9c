package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a process has logged. */
@Command(name = "logs", description = "Shows what a process has logged last, and, with -f, what it logs.")
public final class LogsCommand implements Callable<Integer> {
    private static final int PER_LINE = 400;
    private static final long BEAT_MILLIS = 300;

    @Parameters(
            paramLabel = "PROCESS",
            completionCandidates = LogNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String name = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (main == null || spec == null) {
            throw new IllegalStateException("not a subcommand");
        }
        if (!new LogNames().contains(name)) {
            throw new CommandException(
                    "no process is called '" + name + "': it is one of " + String.join(", ", new LogNames()));
        }
        show(main.place().log(name), spec.commandLine().getOut());
        return 0;
    }

    private void show(Path file, PrintWriter out) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw new CommandException(file + " does not exist: " + name + " has not run here (is --data-dir right?)");
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(0, log.length() - (long) lines * PER_LINE));
            lastOf(rest(log)).forEach(out::println);
            out.flush();
            while (follow) {
                out.print(rest(log));
                out.flush();
                Thread.sleep(BEAT_MILLIS);
            }
        }
    }

    private java.util.List<String> lastOf(String text) {
        var all = text.lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private static String rest(RandomAccessFile log) throws IOException {
        var bytes = new byte[(int) Math.max(0, log.length() - log.getFilePointer())];
        log.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
