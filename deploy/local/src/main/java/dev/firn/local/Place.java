package dev.firn.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where one Firn on this machine is.
 *
 * @param root of the project
 * @param dataDir absolute: what is kept, and the logs
 * @param ports of its servers, when it runs
 */
public record Place(Path root, Path dataDir, PortPlan ports) {

    static Place of(Path root, @Nullable Path dataDir, PortPlan ports) {
        var folder = dataDir == null ? root.resolve(".firn") : dataDir;
        return new Place(root, folder.toAbsolutePath().normalize(), ports);
    }

    public Path log(String service) {
        return dataDir.resolve("logs").resolve(service + ".log");
    }
}
