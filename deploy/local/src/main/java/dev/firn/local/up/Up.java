package dev.firn.local.up;

import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.DataLock;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import dev.firn.local.supervise.Roll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run: takes the data directory, starts processes, watches them, and leaves none behind. */
final class Up {
    private final Place place;
    private final UpOptions options;
    private final Display display;
    private final DataDir data;
    private final Services services;

    Up(Place place, UpOptions options, Display display) {
        this.place = place;
        this.options = options;
        this.display = display;
        data = new DataDir(place.dataDir());
        services = new Services(place.ports());
    }

    /** Infrastructure and services, until told to end or, where the options say so, until everything is committed. */
    int everything() throws IOException, InterruptedException {
        data.prepare();
        var locks = lock(List.of(Role.values()));
        try (var fleet = fleet("all")) {
            if (options.fresh()) {
                data.clear();
            }
            var startup = startup(fleet);
            FreePorts.check(place.ports());
            display.say("Firn starts; it keeps its data in " + place.dataDir());
            startup.all();
            new AddressList(place.ports()).lines().forEach(display::say);
            return new Watch(place, options, services, fleet, display).untilEnd();
        } catch (DeadChildException e) {
            e.lastLines().forEach(line -> display.say("    " + line));
            throw e;
        } finally {
            close(locks);
        }
    }

    /** A single process, until it is told to end, or ends. */
    int one(Role role) throws IOException, InterruptedException {
        data.prepare();
        var locks = lock(List.of(role));
        try (var fleet = fleet(role.label())) {
            var startup = startup(fleet);
            if (role == Role.INFRA) {
                startup.infrastructure();
            } else {
                startup.together(List.of(role));
            }
            display.say("%s runs as process %d; its log: %s"
                    .formatted(role.label(), fleet.child(role).pid(), place.log(role.label())));
            fleet.child(role).awaitEnd();
            throw new DeadChildException(fleet.child(role));
        } finally {
            close(locks);
        }
    }

    private Startup startup(Fleet fleet) throws IOException {
        var settings = options.settings().remembered(data.settings());
        var truth = place.dataDir().resolve("truth.json").toString();
        var launches = new Launches(place, options.generator(settings, truth));
        return new Startup(place, launches, services, fleet, display);
    }

    private Fleet fleet(String name) {
        var roll = new Roll(place.dataDir().resolve("run").resolve(name + ".pids"));
        roll.awaitEnded();
        var fleet = new Fleet(roll, role -> display.say("Stopping " + role.inWords() + " ..."));
        // Ctrl-C and SIGTERM come this way, too
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "stop"));
        return fleet;
    }

    private List<DataLock> lock(List<Role> roles) throws IOException {
        var locks = new ArrayList<DataLock>();
        for (var role : roles) {
            locks.add(DataLock.take(place.dataDir(), role));
        }
        return locks;
    }

    private static void close(List<DataLock> locks) throws IOException {
        for (var lock : locks) {
            lock.close();
        }
    }
}
