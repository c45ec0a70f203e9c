package dev.firn.generator.replay;

import dev.firn.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to be read, or standard input, which is called {@value #STANDARD_INPUT}.
 *
 * @param separator between the values of a CSV file
 */
public record Source(String name, Format format, char separator) {
    public static final String STANDARD_INPUT = "-";

    /** Checks that it can be read that way.
     *
     * @throws ConfigurationException says why not
     */
    public Source {
        if (!name.equals(STANDARD_INPUT) && !Files.isReadable(Path.of(name))) {
            throw new ConfigurationException(name + ": there is no such file, or it can't be read");
        }
        if (format == Format.PARQUET && (name.equals(STANDARD_INPUT) || compressed(name))) {
            throw new ConfigurationException(name + ": Parquet has to be a plain file, for it is read from its end");
        }
    }

    /** With the format that the name tells; tabs separate the values of a {@code .tsv}. */
    public static Source of(String name, char separator) {
        Format format = Format.of(name)
                .orElseThrow(() -> new ConfigurationException(
                        name + ": the name does not tell what it is, so say it: --format csv, jsonl or parquet"));
        boolean tabs = name.toLowerCase(Locale.ROOT).contains(".tsv");
        return new Source(name, format, tabs ? '\t' : separator);
    }

    Path file() {
        return Path.of(name);
    }

    SourceStream stream() throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return SourceStream.of(System.in, 0, false);
        }
        InputStream file = Files.newInputStream(file());
        return SourceStream.of(file, Files.size(file()), compressed(name));
    }

    private static boolean compressed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }
}
