package dev.firn.generator.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The truth as JSON, for the endpoint and for the file. */
public final class TruthJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private TruthJson() {}

    public static String text(Truth truth) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(truth);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of text and numbers always make JSON", e);
        }
    }

    /** Replaces the file as a whole, so that nobody reads half of it. */
    public static void write(Truth truth, Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path draft = absolute.resolveSibling(absolute.getFileName() + ".tmp");
        Files.writeString(draft, text(truth));
        Files.move(draft, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
