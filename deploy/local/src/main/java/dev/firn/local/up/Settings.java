package dev.firn.local.up;

import dev.firn.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The options that decide which events there are, by the option's name. A data directory keeps them: a generator that goes on
 * with others would tell another story from the same beginning.
 *
 * @param values of those that were given; the others have the generator's defaults
 */
public record Settings(Map<String, String> values) {
    private static final String DEFAULT = "default";

    public Settings {
        values = Map.copyOf(values);
    }

    /**
     * These, where the file holds none yet; else those of the file.
     *
     * @throws CommandException if one that was given differs from the file's
     */
    Settings remembered(Path file) throws IOException {
        if (!Files.exists(file)) {
            write(file);
            return this;
        }
        var kept = read(file);
        for (var given : values.entrySet()) {
            var before = kept.values().getOrDefault(given.getKey(), DEFAULT);
            if (!before.equals(given.getValue())) {
                throw new CommandException(
                        "%s holds events made with %s %s, so that %s can't be used: leave it out, add --fresh, or use another --data-dir"
                                .formatted(file.getParent(), given.getKey(), before, given.getValue()));
            }
        }
        return kept;
    }

    private static Settings read(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        var values = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return new Settings(values);
    }

    private void write(Path file) throws IOException {
        var properties = new Properties();
        properties.putAll(values);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, "what the events of this directory follow from");
        }
    }
}
