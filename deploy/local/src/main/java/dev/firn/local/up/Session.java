package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.supervise.DataLock;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import dev.firn.local.supervise.Roll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The time for which a command has processes on a data directory: it takes the directory, and leaves no process behind. */
public final class Session {
    private static final int INTERRUPTED = 130;

    private final Place place;
    private final Display display;
    private final DataDir data;
    private volatile boolean ending;

    public Session(Place place, Display display) {
        this.place = place;
        this.display = display;
        data = new DataDir(place.dataDir());
    }

    /**
     * Runs the body with a fleet for these roles, that is stopped afterwards, whatever happens.
     *
     * @return the body's exit code, or that of a command that was told to end
     * @throws CommandException if the directory or a port is taken, or a process has ended that should run
     */
    public int with(List<Role> roles, Body body) throws IOException, InterruptedException {
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

    /** Deletes all that the directory holds; within the body only. */
    public void clear() throws IOException {
        data.clear();
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

    /** What is done with the fleet; returns the exit code. */
    @FunctionalInterface
    public interface Body {
        int run(Fleet fleet) throws IOException, InterruptedException;
    }
}
