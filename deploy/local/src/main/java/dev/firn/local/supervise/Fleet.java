package dev.firn.local.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes of one Firn. Closing it stops them all, each before those that it depends on, in at most a minute; if this
 * process is killed before it can, they end by themselves. Safe for use by many threads.
 */
public final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<Role, Child> children = new EnumMap<>(Role.class);
    private final Roll roll;
    private final Consumer<Role> onStop;
    private boolean closed;

    /** @param onStop told before each process is stopped */
    public Fleet(Roll roll, Consumer<Role> onStop) {
        this.roll = roll;
        this.onStop = onStop;
    }

    /**
     * Starts a process that doesn't run.
     *
     * @throws IllegalStateException if it runs, or if this fleet is closed
     */
    public synchronized Child start(Launch launch) throws IOException {
        var before = children.get(launch.role());
        if (closed || (before != null && before.isAlive())) {
            throw new IllegalStateException(launch.role().label() + " can't be started now");
        }
        var child = Child.start(launch);
        children.put(launch.role(), child);
        roll.write(children.values());
        return child;
    }

    /** Starts once more, in the same way, what has ended. */
    public synchronized Child startAgain(Role role) throws IOException {
        return start(child(role).launch());
    }

    /** The one that runs in this role, or ran last.
     *
     * @throws IllegalStateException if none was started
     */
    public synchronized Child child(Role role) {
        var child = children.get(role);
        if (child == null) {
            throw new IllegalStateException(role.label() + " was never started");
        }
        return child;
    }

    /** Asks it to end, and forgets it. */
    public synchronized void stop(Role role) {
        var child = children.remove(role);
        if (child != null) {
            onStop.accept(role);
            child.stop(PATIENCE);
        }
    }

    /** One that has ended although nobody asked it to. */
    public synchronized Optional<Child> dead() {
        return children.values().stream().filter(child -> !child.isAlive()).findFirst();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (var role : Role.STOP_ORDER) {
            stop(role);
        }
        roll.clear();
    }
}
