package dev.firn.embedded;

import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Maven has unpacked the registry. */
final class RegistryHome {
    private static final String HOME = "deploy/embedded/target/apicurio";

    private RegistryHome() {}

    /** The jar to start, in the project that the system property {@code firn.root} names, that holds this folder, or this code. */
    static Path jar() throws FileNotFoundException {
        return above(start())
                .or(() -> code().flatMap(RegistryHome::above))
                .orElseThrow(
                        () -> new FileNotFoundException(
                                "no registry below " + start() + "/" + HOME
                                        + ": build the project once (mvn -pl deploy/embedded package), or set -Dfirn.root to its folder"));
    }

    private static Optional<Path> above(Path place) {
        return Stream.iterate(place, Objects::nonNull, Path::getParent)
                .map(root -> root.resolve(HOME).resolve("apicurio-registry-app-3.0.9-runner.jar"))
                .filter(Files::exists)
                .findFirst();
    }

    /** The jar, or folder, that this class is in. */
    private static Optional<Path> code() {
        return Optional.ofNullable(RegistryHome.class.getProtectionDomain().getCodeSource())
                .map(source -> Path.of(URI.create(source.getLocation().toString())));
    }

    private static Path start() {
        return Path.of(System.getProperty("firn.root", "")).toAbsolutePath().normalize();
    }
}
