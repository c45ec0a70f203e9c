package dev.firn.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the project, as they are deployed. */
public final class Project {
    private Project() {}

    /** A path below the project's own folder. */
    public static Path path(String path) {
        return Path.of(System.getProperty("firn.root")).resolve(path);
    }

    public static String text(String path) {
        return text(path(path));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The regular files below a folder whose names end so, in order. */
    public static List<Path> files(String folder, String ending) {
        try (Stream<Path> all = Files.walk(path(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only document of a YAML text. A key that is there twice is refused. */
    public static Map<String, Object> yaml(String text) {
        return map(strict().load(text));
    }

    /** All documents of a YAML text that hold something. */
    public static List<Map<String, Object>> documents(String text) {
        return StreamSupport.stream(strict().loadAll(text).spliterator(), false)
                .map(Project::map)
                .filter(document -> !document.isEmpty())
                .toList();
    }

    /** The only document of a YAML text, which is a list. */
    public static List<?> sequence(String text) {
        return list(strict().load(text));
    }

    /** What is known to be a map, as one; nothing is an empty one. */
    @SuppressWarnings("unchecked") // YAML's maps have text for keys wherever this is used
    public static Map<String, Object> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    /** What is known to be a list, as one; nothing is an empty one. */
    public static List<?> list(@Nullable Object node) {
        return node == null ? List.of() : (List<?>) node;
    }

    private static Yaml strict() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }
}
