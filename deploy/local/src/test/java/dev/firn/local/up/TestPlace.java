package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.PortPlan;
import dev.firn.local.supervise.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** This project, with data and ports of a test's own. */
public final class TestPlace {
    private TestPlace() {}

    public static Path root() {
        return Path.of(System.getProperty("firn.root", "")).toAbsolutePath().normalize();
    }

    public static Place in(Path dataDir) {
        return new Place(root(), dataDir.toAbsolutePath(), freePorts());
    }

    public static PortPlan freePorts() {
        for (var tries = 0; tries < 100; tries++) {
            var ports = new PortPlan(ThreadLocalRandom.current().nextInt(12_000, 30_000));
            if (areFree(ports)) {
                return ports;
            }
        }
        throw new IllegalStateException("no seven free ports in a row");
    }

    private static boolean areFree(PortPlan ports) {
        try {
            FreePorts.check(ports, List.of(Role.values()));
            return true;
        } catch (CommandException e) {
            return false;
        }
    }
}
