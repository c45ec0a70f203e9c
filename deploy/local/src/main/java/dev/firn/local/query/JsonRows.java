package dev.firn.local.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One array with an object per row and line. Numbers keep all their digits; those that JSON lacks are text. */
final class JsonRows implements Rows {
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintWriter out;
    private List<Column> columns = List.of();
    private String before = "[\n";

    JsonRows(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> resultColumns) {
        columns = resultColumns;
    }

    @Override
    public void row(List<@Nullable String> values) {
        out.print(before);
        out.print(object(values));
        before = ",\n";
    }

    @Override
    public void end() {
        out.print(before.equals(",\n") ? "\n]\n" : "[]\n");
        out.flush();
    }

    private String object(List<@Nullable String> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < values.size(); i++) {
                json.writeFieldName(columns.get(i).name());
                write(json, columns.get(i).kind(), values.get(i));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Column.Kind kind, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (kind == Column.Kind.TEXT || (kind == Column.Kind.NUMBER && !isFinite(value))) {
            json.writeString(value);
        } else {
            json.writeRawValue(value);
        }
    }

    private static boolean isFinite(String number) {
        return !number.endsWith("nan") && !number.endsWith("inf");
    }
}
