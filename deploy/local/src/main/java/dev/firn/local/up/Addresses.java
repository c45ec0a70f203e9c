package dev.firn.local.up;

import dev.firn.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Where the infrastructure of a data directory is, as it has written it down. */
public record Addresses(Properties properties) {
    private static final String FILE = "run/infra.properties";

    /** Those of a process that leads the infrastructure, noted for as long as it runs. */
    public static Addresses note(Path dataDir, Map<String, String> values) throws IOException {
        var properties = new Properties();
        properties.putAll(values);
        properties.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        var file = dataDir.resolve(FILE);
        Files.createDirectories(file.getParent());
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "where the infrastructure is");
        }
        return new Addresses(properties);
    }

    /** Empty while it does not run. */
    static Optional<Addresses> of(Path dataDir) throws IOException {
        var file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Optional.of(new Addresses(properties)).filter(Addresses::isAlive);
    }

    long pid() {
        return Long.parseLong(value("pid"));
    }

    String bootstrapServers() {
        return value("bootstrap.servers");
    }

    String registryUrl() {
        return value("registry.url");
    }

    String s3Endpoint() {
        return value("s3.endpoint");
    }

    /** The sink's catalog and storage, as its environment. */
    Map<String, String> sinkCatalog() {
        var environment = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith("catalog.")) {
                environment.put(variable(name), value(name));
            }
        }
        return environment;
    }

    /** As the sink reads it: one underscore is a dot, two are a dash. */
    private static String variable(String name) {
        return "FIRN_SINK_" + name.replace(".", "_").replace("-", "__").toUpperCase(Locale.ROOT);
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    private String value(String name) {
        var value = properties.getProperty(name);
        if (value == null) {
            throw new CommandException("the infrastructure's addresses lack " + name + ": stop it, and start it again");
        }
        return value;
    }
}
