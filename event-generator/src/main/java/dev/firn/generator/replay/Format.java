package dev.firn.generator.replay;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file's rows are written in. */
public enum Format {
    /** Comma or otherwise separated values, as in RFC 4180; the first line names the fields. */
    CSV("csv|tsv"),
    /** A JSON object per line. */
    JSONL("jsonl|ndjson|json"),
    PARQUET("parquet");

    private final String endings;

    Format(String endings) {
        this.endings = endings;
    }

    /** What the file's name says. */
    static Optional<Format> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.matches(".*\\.(" + format.endings + ")(\\.gz)?"))
                .findFirst();
    }

    Lines open(Source source) throws IOException {
        return switch (this) {
            case CSV -> new CsvLines(source.stream(), source.separator());
            case JSONL -> new JsonLines(source.stream());
            case PARQUET -> new ParquetLines(source.file());
        };
    }
}
