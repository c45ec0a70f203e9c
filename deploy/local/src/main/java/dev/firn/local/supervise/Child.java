package dev.firn.local.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process that was started. */
public final class Child {
    private final Launch launch;
    private final Process process;

    private Child(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    static Child start(Launch launch) throws IOException {
        return new Child(launch, launch.child().start());
    }

    public Role role() {
        return launch.role();
    }

    Launch launch() {
        return launch;
    }

    public long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when it has ended. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it and its own children, as {@code kill -9} does. */
    public void killAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    /** Stops it and its own children from running, or lets them run again: {@code kill -STOP}, {@code kill -CONT}. */
    public void freeze(boolean frozen) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add("kill");
        command.add(frozen ? "-STOP" : "-CONT");
        command.add(Long.toString(pid()));
        process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    /** Asks it to end, and kills it where it has not after the given time, or where this thread is interrupted. */
    void stop(Duration time) {
        process.destroy();
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** What it said last, for whoever has to explain its end. */
    public List<String> lastLines(int count) {
        try {
            var text = Files.readString(launch.log(), StandardCharsets.ISO_8859_1);
            var lines = text.lines().filter(line -> !line.isBlank()).toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(its log " + launch.log() + " can't be read)");
        }
    }
}
