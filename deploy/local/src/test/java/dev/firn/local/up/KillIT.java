package dev.firn.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.query.ReconcileCommand;
import dev.firn.local.query.Truth;
import dev.firn.local.query.Verification;
import dev.firn.local.status.Observation;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import dev.firn.local.supervise.Roll;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All processes, as a user runs them, each of the services killed while it is at work. */
class KillIT {
    private static final long EVENTS = 40_000;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void shouldLoseAndDoubleNothingWhenEachServiceIsKilledInTurn() throws Exception {
        // Given
        var place = TestPlace.in(folder);
        var services = new Services(place.ports());
        try (var fleet = new Fleet(new Roll(folder.resolve("pids")), role -> {})) {
            var startup = new Startup(place, launches(place), services, fleet, new QuietDisplay());
            startup.all();

            // When
            killAndStartAgain(Role.SINK, seen -> seen.rows() > EVENTS / 10, fleet, startup, services);
            killAndStartAgain(Role.PROCESSOR, seen -> seen.processed() > EVENTS / 10, fleet, startup, services);
            killAndStartAgain(Role.GENERATOR, seen -> seen.events() > EVENTS / 10, fleet, startup, services);
            awaitDrained(services);

            // Then
            var truth =
                    Truth.read(URI.create("http://127.0.0.1:" + place.ports().generator() + "/truth"));
            assertThat(truth.complete()).isTrue();
            assertThat(truth.expectations()).isNotEmpty();
            assertThat(Verification.of(place.dataDir(), truth).differences()).isEmpty();
            assertThat(ReconcileCommand.report(place.dataDir()).exact()).isTrue();
        } catch (DeadChildException e) {
            throw new AssertionError(String.join("\n", e.lastLines()), e);
        }
    }

    private static Launches launches(Place place) {
        var settings =
                new Settings(Map.of("--seed", "11", "--late", "0.02", "--duplicates", "0.01", "--broken", "0.01"));
        var options = new UpOptions(settings, 1_500, Optional.of(EVENTS), Optional.empty(), false, false);
        return new Launches(
                place,
                options.generator(
                        settings, place.dataDir().resolve("truth.json").toString()));
    }

    private static void killAndStartAgain(
            Role role, Predicate<Observation> when, Fleet fleet, Startup startup, Services services) throws Exception {
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(500)).until(() -> when.test(services.observe()));
        fleet.child(role).kill();
        startup.together(List.of(role));
    }

    private static void awaitDrained(Services services) {
        var drain = new Drain();
        await().atMost(LONGEST)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> drain.isCompleteWith(services.observe()));
    }

    private static final class QuietDisplay implements Display {
        @Override
        public void say(String line) {
            // nobody looks
        }

        @Override
        public void now(List<String> lines) {
            // nobody looks
        }
    }
}
