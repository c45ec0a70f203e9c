package dev.firn.generator.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.firn.config.ConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comma separated values. The first line names the fields. Nothing between two separators is no value; an empty text is
 * written in quotes.
 */
final class CsvLines implements Lines {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(
                    CsvParser.Feature.WRAP_AS_ARRAY,
                    CsvParser.Feature.SKIP_EMPTY_LINES,
                    CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .build();

    private final SourceStream source;
    private final MappingIterator<@Nullable String[]> rows;
    private final List<String> header;

    CsvLines(SourceStream source, char separator) throws IOException {
        this.source = source;
        this.rows = CSV.readerForArrayOf(String.class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                .readValues(source.text());
        this.header = rows.hasNextValue() ? header(rows.nextValue()) : List.of();
    }

    @Override
    public List<String> names() {
        return header;
    }

    @Override
    public @Nullable Line next() throws IOException {
        long number = 0;
        try {
            if (!rows.hasNextValue()) {
                return null;
            }
            number = rows.getParser().currentLocation().getLineNr();
            return line(number, rows.nextValue());
        } catch (JsonProcessingException | RuntimeJsonMappingException e) {
            return new Line.Bad(number, "no CSV: a quote is open, or text stands behind a closed one");
        }
    }

    @Override
    public double done() {
        return source.done();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private Line line(long number, @Nullable String[] cells) {
        if (cells.length != header.size()) {
            return new Line.Bad(number, cells.length + " values, and the header has " + header.size());
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != null) {
                values.put(header.get(i), cells[i]);
            }
        }
        return new Line.Row(number, values);
    }

    private static List<String> header(@Nullable String[] cells) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : cells) {
            String name = cell == null ? "" : cell.strip();
            if (name.isEmpty() || !seen.add(name)) {
                throw new ConfigurationException("header: column " + (names.size() + 1)
                        + (name.isEmpty() ? " has no name" : " is called '" + name + "', and so is another"));
            }
            names.add(name);
        }
        return names;
    }
}
