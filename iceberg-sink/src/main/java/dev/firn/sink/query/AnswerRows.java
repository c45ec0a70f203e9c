package dev.firn.sink.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, as they come, as far as they are wanted. */
final class AnswerRows {
    static final int MOST = 1000;

    private static final int LONGEST_VALUE = 2000;
    private static final Pattern NUMERIC =
            Pattern.compile("(tinyint|smallint|integer|bigint|real|double|decimal)\\b.*");

    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private List<SqlAnswer.Column> columns = List.of();
    private boolean more;

    /** @throws SqlException with what the engine says, if that is why there are none */
    void take(JsonNode page) throws SqlException {
        if (page.has("error")) {
            throw new SqlException(page.path("error").path("message").asText("the SQL engine gives no reason"));
        }
        if (columns.isEmpty()) {
            columns = columns(page.path("columns"));
        }
        for (JsonNode row : page.path("data")) {
            if (rows.size() == MOST) {
                more = true;
                return;
            }
            rows.add(row(row));
        }
    }

    boolean isFull() {
        return more;
    }

    SqlAnswer answer(String id, long millis) {
        return new SqlAnswer(id, columns, rows, more, millis);
    }

    private static List<SqlAnswer.Column> columns(JsonNode described) {
        List<SqlAnswer.Column> columns = new ArrayList<>();
        for (JsonNode column : described) {
            String type = column.path("type").asText();
            columns.add(new SqlAnswer.Column(
                    column.path("name").asText(), type, NUMERIC.matcher(type).matches()));
        }
        return columns;
    }

    private static List<@Nullable String> row(JsonNode values) {
        List<@Nullable String> row = new ArrayList<>();
        for (JsonNode value : values) {
            row.add(value.isNull() ? null : text(value));
        }
        return row;
    }

    private static String text(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + " …" : text;
    }
}
