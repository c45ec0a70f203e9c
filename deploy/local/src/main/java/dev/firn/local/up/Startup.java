package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.display.Amounts;
import dev.firn.local.display.Display;
import dev.firn.local.status.Observation;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Child;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts processes, and shows how far they are. */
final class Startup {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Place place;
    private final Launches launches;
    private final Services services;
    private final Fleet fleet;
    private final Display display;
    private @Nullable Observation beginning;

    Startup(Place place, Launches launches, Services services, Fleet fleet, Display display) {
        this.place = place;
        this.launches = launches;
        this.services = services;
        this.fleet = fleet;
        this.display = display;
    }

    /** Everything; returns what was seen when the generator began. */
    Observation all() throws IOException, InterruptedException {
        infrastructure();
        together(List.of(Role.GENERATOR, Role.PROCESSOR, Role.SINK, Role.QUERY));
        return beginning == null ? services.observe() : beginning;
    }

    void infrastructure() throws IOException, InterruptedException {
        var began = System.nanoTime();
        var child = fleet.start(launches.infrastructure());
        await(List.of(child), began);
    }

    /** Services, side by side, on an infrastructure that runs. */
    void together(List<Role> roles) throws IOException, InterruptedException {
        var addresses = Addresses.of(place.dataDir())
                .orElseThrow(() -> new CommandException(
                        "no infrastructure runs on %s: start it with firn up --only infra".formatted(place.dataDir())));
        var began = System.nanoTime();
        var children = new ArrayList<Child>();
        for (var role : roles) {
            children.add(fleet.start(launches.service(role, addresses)));
        }
        await(children, began);
    }

    private void await(List<Child> children, long began) throws IOException, InterruptedException {
        var waiting = new ArrayList<>(children);
        while (!waiting.isEmpty()) {
            var time = Duration.ofNanos(System.nanoTime() - began);
            for (var child : List.copyOf(waiting)) {
                if (isReady(child)) {
                    waiting.remove(child);
                    welcome(child, time);
                } else if (time.compareTo(PATIENCE) > 0) {
                    throw new DeadChildException(child, "is not ready after " + Amounts.seconds(time));
                }
            }
            if (!waiting.isEmpty()) {
                display.waiting(progress(waiting, time));
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void welcome(Child child, Duration time) throws InterruptedException {
        if (child.role() == Role.GENERATOR) {
            beginning = services.observe();
        }
        display.now(List.of());
        display.say("  %-10s ready after %s".formatted(child.role().label(), Amounts.seconds(time)));
    }

    private boolean isReady(Child child) throws IOException, InterruptedException {
        if (!child.isAlive()) {
            throw new DeadChildException(child);
        }
        if (child.role() == Role.INFRA) {
            return Addresses.of(place.dataDir())
                    .filter(addresses -> addresses.pid() == child.pid())
                    .isPresent();
        }
        return services.isHealthy(launches.port(child.role()));
    }

    private static String progress(List<Child> waiting, Duration time) {
        var names = waiting.stream().map(child -> child.role().label()).collect(Collectors.joining(" and "));
        return "  %-10s starting ... %s".formatted(names, Amounts.seconds(time));
    }
}
