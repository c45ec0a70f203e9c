package dev.firn.local.up;

import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** One run: takes the data directory, starts processes, watches them, and leaves none behind. */
final class Up {
    private final Place place;
    private final UpOptions options;
    private final Display display;
    private final DataDir data;
    private final Services services;
    private final Session session;

    Up(Place place, UpOptions options, Display display) {
        this.place = place;
        this.options = options;
        this.display = display;
        data = new DataDir(place.dataDir());
        services = new Services(place.ports());
        session = new Session(place, display);
    }

    /** Infrastructure and services, until told to end or, where the options say so, until everything is committed. */
    int everything() throws IOException, InterruptedException {
        return session.with(Role.USUAL, fleet -> {
            if (options.fresh()) {
                session.clear();
            }
            var isNew = !Files.exists(data.settings());
            var startup = startup(fleet);
            display.say("Firn starts; it keeps its data in " + place.dataDir());
            var first = isNew ? startup.all().withNoEvents() : startup.all();
            new AddressList(place.ports()).lines().forEach(display::say);
            return new Watch(place, options, services, fleet, display).untilEnd(first);
        });
    }

    /** A single process, until it is told to end, or ends. */
    int one(Role role) throws IOException, InterruptedException {
        return session.with(List.of(role), fleet -> {
            var startup = startup(fleet);
            if (role == Role.INFRA) {
                startup.infrastructure();
            } else {
                startup.together(List.of(role));
            }
            var child = fleet.child(role);
            display.say(
                    "%s runs as process %d; its log: %s".formatted(role.label(), child.pid(), place.log(role.label())));
            child.awaitEnd();
            throw new DeadChildException(child);
        });
    }

    private Startup startup(Fleet fleet) throws IOException {
        var settings = options.settings().remembered(data.settings());
        var truth = place.dataDir().resolve("truth.json").toString();
        var launches = new Launches(place, options.generator(settings, truth));
        return new Startup(place, launches, services, fleet, display);
    }
}
