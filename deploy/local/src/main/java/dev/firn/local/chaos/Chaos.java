package dev.firn.local.chaos;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.display.Amounts;
import dev.firn.local.display.Display;
import dev.firn.local.status.Observation;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import dev.firn.local.up.DeadChildException;
import dev.firn.local.up.Launches;
import dev.firn.local.up.Session;
import dev.firn.local.up.Settings;
import dev.firn.local.up.UpOptions;
import dev.firn.local.up.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run: everything is started on an empty folder, meets the faults of a schedule while events are produced, is healed, drained and
 * compared with the truth and with Kafka.
 */
final class Chaos {
    private static final Duration BEAT = Duration.ofMillis(100);

    private final Place place;
    private final ChaosOptions options;
    private final Display display;
    private final Services services;
    private final Launches launches;
    private final Readiness readiness;
    private final Casualties casualties = new Casualties();

    /** @param place whose data directory is cleared first */
    Chaos(Place place, ChaosOptions options, Display display) {
        this.place = place;
        this.options = options;
        this.display = display;
        services = new Services(place.ports());
        launches = new Launches(place, generator());
        readiness = new Readiness(launches, services);
    }

    /** The exit code: 0 where nothing is lost or doubled, and everything was healed. */
    int run() throws IOException, InterruptedException {
        var session = new Session(place, display);
        return session.with(Arrays.asList(Role.values()), fleet -> {
            session.clear();
            try (var victims = Victims.of(place, launches, fleet)) {
                return run(fleet, victims);
            }
        });
    }

    private int run(Fleet fleet, Victims victims) throws IOException, InterruptedException {
        display.say("Chaos with seed %d for %s; data and logs in %s"
                .formatted(options.seed(), Amounts.seconds(options.time()), place.dataDir()));
        start(fleet, victims, Role.SERVERS);
        start(fleet, victims, Victims.SERVICES);
        var first = services.observe().withNoEvents();
        rage(victims);
        var exit = ended(fleet, victims, first);
        summary(victims, exit).forEach(display::say);
        return exit;
    }

    private void start(Fleet fleet, Victims victims, List<Role> roles) throws IOException, InterruptedException {
        for (var role : roles) {
            victims.start(role);
        }
        readiness.await(
                roles,
                () -> fleet.dead().ifPresent(child -> {
                    throw new DeadChildException(child);
                }));
    }

    /** Strikes and heals, until the time is up and all is healed. */
    private void rage(Victims victims) throws IOException, InterruptedException {
        var coming = new ArrayList<>(Schedule.of(options));
        var open = new ArrayList<Strike>();
        var began = System.nanoTime();
        while (!coming.isEmpty() || !open.isEmpty()) {
            var now = Duration.ofNanos(System.nanoTime() - began);
            for (var strike : due(open, Comparator.comparing(Strike::end), now)) {
                victims.heal(strike);
                open.remove(strike);
            }
            while (!coming.isEmpty() && coming.get(0).at().compareTo(now) <= 0) {
                var strike = coming.remove(0);
                begin(strike, victims);
                open.add(strike);
            }
            revive(victims);
            Thread.sleep(BEAT.toMillis());
        }
    }

    private static List<Strike> due(List<Strike> open, Comparator<Strike> order, Duration now) {
        return open.stream()
                .filter(strike -> strike.end().compareTo(now) <= 0)
                .sorted(order)
                .toList();
    }

    private void begin(Strike strike, Victims victims) throws IOException, InterruptedException {
        display.say("  %s  %-8s  %-9s  %7s%s"
                .formatted(
                        Amounts.clock(strike.at()),
                        strike.harm().label(),
                        strike.target().label(),
                        Amounts.seconds(strike.time()),
                        strike.harm() instanceof Harm.Answers answers
                                ? "  %d %% of requests".formatted(answers.percent())
                                : ""));
        victims.strike(strike);
        casualties.count(strike);
    }

    private void revive(Victims victims) throws IOException {
        victims.revive().forEach((role, exit) -> {
            display.say("         %s has ended by itself, exit code %d: started again".formatted(role.inWords(), exit));
            casualties.count(role, exit);
        });
    }

    private int ended(Fleet fleet, Victims victims, Observation first) throws IOException, InterruptedException {
        try {
            display.say("All is healed; waiting until everything is committed");
            readiness.await(Victims.all(), () -> revive(victims));
            victims.retireSecondSink();
            return new Watch(place, watched(), services, fleet, display).untilEnd(first);
        } catch (CommandException | DeadChildException e) {
            display.say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private List<String> summary(Victims victims, int exit) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.addAll(casualties.lines());
        lines.add("requests that met a fault: registry %s, S3 %s, catalog %s"
                .formatted(
                        Amounts.count(victims.struck(Role.REGISTRY)),
                        Amounts.count(victims.struck(Role.S3)),
                        Amounts.count(victims.struck(Role.CATALOG))));
        lines.add("");
        lines.add((exit == 0 ? "nothing lost, nothing doubled" : "FAILED") + "; again: " + options.command());
        return lines;
    }

    private Map<String, String> generator() {
        return watched()
                .generator(settings(), place.dataDir().resolve("truth.json").toString());
    }

    /** As of a run whose time is up. */
    private UpOptions watched() {
        return new UpOptions(settings(), options.rate(), Optional.empty(), Optional.of(Duration.ZERO), true, true);
    }

    private Settings settings() {
        return new Settings(Map.of(
                "--seed", Long.toString(options.seed()), "--late", "0.02", "--duplicates", "0.01", "--broken", "0.01"));
    }
}
