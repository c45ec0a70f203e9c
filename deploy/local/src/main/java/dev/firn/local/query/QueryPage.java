package dev.firn.local.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client of Trino's protocol is told about a statement. All values are text, with all their digits. */
final class QueryPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode page = JsonNodeFactory.instance.objectNode();

    private QueryPage(String id, String state) {
        page.put("id", id);
        page.putObject("stats").put("state", state);
    }

    /** It goes on there. */
    static QueryPage running(String id, String nextUri) {
        QueryPage running = new QueryPage(id, "RUNNING");
        running.page.put("nextUri", nextUri);
        return running;
    }

    static QueryPage of(String id, AskedQuery over) {
        return over.failure().map(message -> failed(id, message)).orElseGet(() -> finished(id, over.rows()));
    }

    private static QueryPage failed(String id, String message) {
        QueryPage failed = new QueryPage(id, "FAILED");
        failed.page.putObject("error").put("message", message);
        return failed;
    }

    private static QueryPage finished(String id, FirstRows rows) {
        QueryPage finished = new QueryPage(id, "FINISHED");
        ArrayNode columns = finished.page.putArray("columns");
        rows.columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).put("type", type(column.kind())));
        ArrayNode data = finished.page.putArray("data");
        for (List<@Nullable String> row : rows.rows()) {
            ArrayNode values = data.addArray();
            row.forEach(values::add);
        }
        return finished;
    }

    private static String type(Column.Kind kind) {
        return switch (kind) {
            case NUMBER -> "decimal";
            case BOOLEAN -> "boolean";
            case TEXT -> "varchar";
            case NESTED -> "json";
        };
    }

    byte[] bytes() throws IOException {
        return JSON.writeValueAsBytes(page);
    }
}
