package dev.firn.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    @TempDir
    private Path folder;

    @Test
    void shouldStopTakersAfterGiversWhenClosed() throws Exception {
        // Given
        var stopped = new ArrayList<Role>();
        var fleet = new Fleet(roll(), stopped::add);
        var children = new ArrayList<Child>();
        for (var role : Role.USUAL) {
            children.add(fleet.start(sleeper(role)));
        }

        // When
        fleet.close();

        // Then
        assertThat(stopped).containsExactly(Role.GENERATOR, Role.PROCESSOR, Role.QUERY, Role.SINK, Role.INFRA);
        assertThat(children).noneMatch(Child::isAlive);
    }

    @Test
    void shouldNameDeadOneWithItsLastWordsWhenChildEnds() throws Exception {
        // Given
        try (var fleet = new Fleet(roll(), role -> {})) {
            fleet.start(sleeper(Role.SINK));

            // When
            var child = fleet.start(child(Role.PROCESSOR, "fail"));
            child.awaitEnd();

            // Then
            assertThat(fleet.dead()).map(Child::role).contains(Role.PROCESSOR);
            assertThat(child.exitCode()).hasValue(3);
            assertThat(child.lastLines(1)).containsExactly("out of luck");
        }
    }

    @Test
    void shouldRunAgainWhenKilledChildIsStartedAgain() throws Exception {
        // Given
        try (var fleet = new Fleet(roll(), role -> {})) {
            var first = fleet.start(sleeper(Role.SINK));

            // When
            first.kill();
            var second = fleet.startAgain(Role.SINK);

            // Then
            assertThat(first.isAlive()).isFalse();
            assertThat(second.isAlive()).isTrue();
            assertThat(fleet.dead()).isEmpty();
        }
    }

    @Test
    void shouldEndChildWhenItsParentIsKilled() throws Exception {
        // Given
        var pid = folder.resolve("pid");
        var parent = child(Role.INFRA, "parent", pid.toString(), folder.toString());
        try (var fleet = new Fleet(roll(), role -> {})) {
            var running = fleet.start(parent);
            var grandchild = ProcessHandle.of(Long.parseLong(awaitText(pid))).orElseThrow();

            // When
            running.kill();

            // Then
            assertThat(grandchild.onExit()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void shouldEndWhatIsLeftWhenNextRunStarts() throws Exception {
        // Given
        var left = Child.start(sleeper(Role.SINK));
        roll().write(List.of(left));

        // When
        var ending = new Thread(() -> left.stop(Duration.ofSeconds(5)));
        ending.start();
        roll().awaitEnded();

        // Then
        assertThat(left.handle().isAlive()).isFalse();
        ending.join();
    }

    @Test
    void shouldRefuseWithProcessIdWhenDataDirectoryIsTaken() throws IOException {
        // Given
        try (var held = DataLock.take(folder, Role.SINK)) {
            assertThat(held).isNotNull();

            // When / Then
            assertThatThrownBy(() -> DataLock.take(folder, Role.SINK))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("the sink already runs")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataLock.take(folder, Role.SINK).close();
    }

    private Roll roll() {
        return new Roll(folder.resolve("pids"));
    }

    private Launch sleeper(Role role) {
        return child(role, "sleep");
    }

    private Launch child(Role role, String... arguments) {
        return new Launch(
                role,
                ChildMain.classPath(),
                ChildMain.class.getName(),
                List.of(arguments),
                Map.of(),
                folder.resolve(role.label() + ".log"),
                folder.resolve(role.label()));
    }

    private static String awaitText(Path file) throws IOException, InterruptedException {
        for (var tries = 0; tries < 200; tries++) {
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readString(file);
            }
            Thread.sleep(100);
        }
        throw new IOException(file + " was not written");
    }
}
