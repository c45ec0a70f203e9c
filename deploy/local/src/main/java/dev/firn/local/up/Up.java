package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.DataLock;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import dev.firn.local.supervise.Roll;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One run: takes the data directory, starts processes, watches them, and leaves none behind. */
final class Up {
    private static final int INTERRUPTED = 130;

    private final Place place;
    private final UpOptions options;
    private final Display display;
    private final DataDir data;
    private final Services services;
    private volatile boolean ending;

    Up(Place place, UpOptions options, Display display) {
        this.place = place;
        this.options = options;
        this.display = display;
        data = new DataDir(place.dataDir());
        services = new Services(place.ports());
    }

    /** Infrastructure and services, until told to end or, where the options say so, until everything is committed. */
    int everything() throws IOException, InterruptedException {
        return with(List.of(Role.values()), fleet -> {
            if (options.fresh()) {
                data.clear();
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
        return with(List.of(role), fleet -> {
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

    private int with(List<Role> roles, Body body) throws IOException, InterruptedException {
        data.prepare();
        var locks = lock(roles);
        try (var fleet = fleet(roles)) {
            FreePorts.check(place.ports(), roles);
            return body.run(fleet);
        } catch (DeadChildException e) {
            if (ending) {
                return INTERRUPTED;
            }
            e.lastLines().forEach(line -> display.say("    " + line));
            throw new CommandException(e.getMessage(), e);
        } catch (IllegalStateException e) {
            if (ending) {
                return INTERRUPTED;
            }
            throw e;
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

    private Fleet fleet(List<Role> roles) {
        var name = roles.stream().map(Role::label).collect(Collectors.joining("-"));
        var roll = new Roll(place.dataDir().resolve("run").resolve(name + ".pids"));
        roll.awaitEnded();
        var fleet = new Fleet(roll, role -> display.say("Stopping " + role.inWords() + " ..."));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(fleet), "stop"));
        return fleet;
    }

    /** Ctrl-C and SIGTERM come this way, too. */
    private void end(Fleet fleet) {
        ending = true;
        fleet.close();
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

    @FunctionalInterface
    private interface Body {
        int run(Fleet fleet) throws IOException, InterruptedException;
    }
}
