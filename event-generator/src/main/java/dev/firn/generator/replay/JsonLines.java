package dev.firn.generator.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object per line; empty lines are passed over. */
final class JsonLines implements Lines {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 1 << 24;
    private static final ObjectReader OBJECTS = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // money must not go through a double
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(new TypeReference<Map<String, @Nullable Object>>() {});

    private final SourceStream source;
    private final Reader text;
    private final char[] buffer = new char[BUFFER];
    private final StringBuilder line = new StringBuilder();
    private int position;
    private int limit;
    private long number;

    JsonLines(SourceStream source) {
        this.source = source;
        this.text = source.text();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public @Nullable Line next() throws IOException {
        while (true) {
            boolean more = readLine();
            if (!more) {
                return null;
            }
            number++;
            if (!line.toString().isBlank()) {
                return parsed();
            }
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

    private Line parsed() {
        if (line.length() > LONGEST) {
            return new Line.Bad(
                    number, "longer than " + LONGEST + " characters: is every object on a line of its own?");
        }
        try {
            Map<String, @Nullable Object> values = OBJECTS.readValue(line.toString());
            return values == null ? new Line.Bad(number, "null, not an object") : new Line.Row(number, values);
        } catch (JsonProcessingException e) {
            return new Line.Bad(number, "no JSON object, from column " + column(e) + " on");
        }
    }

    private static int column(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    }

    /** The next line into {@link #line}, as far as it is not too long; false at the end. */
    private boolean readLine() throws IOException {
        line.setLength(0);
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            char c = buffer[position++];
            if (c == '\n') {
                return true;
            }
            if (line.length() <= LONGEST) {
                line.append(c);
            }
        }
        return any;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, text.read(buffer, 0, BUFFER));
        return limit > 0;
    }
}
