package dev.firn.embedded;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Maven has unpacked the registry. */
final class RegistryHome {
    private static final String HOME = "deploy/embedded/target/apicurio";

    private RegistryHome() {}

    /** The jar to start, in the project that the system property {@code firn.root} names, or that holds this folder. */
    static Path jar() throws FileNotFoundException {
        for (var root = start(); root != null; root = root.getParent()) {
            var jar = jarIn(root.resolve(HOME));
            if (jar != null) {
                return jar;
            }
        }
        throw new FileNotFoundException("no registry below " + start() + "/" + HOME
                + ": build the project once (mvn -pl deploy/embedded package), or set -Dfirn.root to its folder");
    }

    private static Path start() {
        return Path.of(System.getProperty("firn.root", "")).toAbsolutePath().normalize();
    }

    private static @org.jspecify.annotations.Nullable Path jarIn(Path home) {
        var jar = home.resolve("apicurio-registry-app-3.0.9-runner.jar");
        return Files.exists(jar) ? jar : null;
    }
}
