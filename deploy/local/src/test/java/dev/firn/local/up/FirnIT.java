package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user types it. */
class FirnIT {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void shouldEndWithSummaryAndVerdictAndGoOnNextTimeWhenEventsAreGiven() throws Exception {
        // Given
        var ports = Integer.toString(TestPlace.freePorts().base());
        var up = List.of("up", "--data-dir", folder.toString(), "--port-base", ports, "--rate", "1000");

        // When
        var first = run(with(up, "--events", "4000", "--seed", "5", "--verify"), "first");
        var second = run(with(up, "--events", "6000", "--verify"), "second");
        var other = run(with(up, "--events", "6000", "--seed", "6"), "other");

        // Then
        assertThat(first.exit()).as(first.output()).isZero();
        assertThat(first.output()).contains("bronze.activity", "events/s end to end", "verified:");
        assertThat(second.exit()).as(second.output()).isZero();
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.output()).contains("--seed 5").contains("--fresh");
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenToldToEnd() throws Exception {
        // Given
        var ports = Integer.toString(TestPlace.freePorts().base());
        var process = start(List.of("up", "--data-dir", folder.toString(), "--port-base", ports), "ended");
        awaitText("ended", "events ");

        // When
        process.destroy();

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("ended.out")))
                .containsSubsequence(
                        "Stopping the generator",
                        "Stopping the processor",
                        "Stopping the sink",
                        "Stopping the infrastructure");
        assertThat(left()).isEmpty();
    }

    /** Processes that have to do with the folder. */
    private List<ProcessHandle> left() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }

    private Ended run(List<String> arguments, String name) throws IOException, InterruptedException {
        var process = start(arguments, name);
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
        }
        return new Ended(process.waitFor(), Files.readString(folder.resolve(name + ".out")));
    }

    private Process start(List<String> arguments, String name) throws IOException {
        var builder = new ProcessBuilder(with(
                        List.of(TestPlace.root().resolve("deploy/local/firn").toString()),
                        arguments.toArray(String[]::new)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile());
        builder.environment().put("FIRN_BUILD", "never");
        return builder.start();
    }

    private void awaitText(String name, String text) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!Files.readString(folder.resolve(name + ".out")).contains(text) && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
    }

    private static List<String> with(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private record Ended(int exit, String output) {}
}
