package dev.firn.sink.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Trino's protocol for clients, over HTTP: a statement is posted, and each page says where the next one is. */
final class StatementPages {
    private static final String PATH = "/v1/statement";
    private static final String PAGE = "targetResultSize=1MB";
    private static final int LARGEST = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final Set<Integer> NOT_NOW = Set.of(429, 502, 503, 504);

    private final HttpClient http;
    private final URI address;
    private final String catalog;
    private final ObjectMapper json = new ObjectMapper();

    StatementPages(HttpClient http, URI address, String catalog) {
        this.http = http;
        this.address = address;
        this.catalog = catalog;
    }

    /** @param asker told to the engine, for its own records */
    JsonNode first(SqlQuestion question, String asker) throws IOException, InterruptedException, SqlException {
        return page(
                question,
                request(PATH)
                        .header("X-Trino-User", "firn")
                        .header("X-Trino-Source", "firn dashboard")
                        .header("X-Trino-Client-Info", asker.replaceAll("[^\\x20-\\x7e]", "?"))
                        .header("X-Trino-Catalog", catalog)
                        .POST(BodyPublishers.ofString(question.text()))
                        .build());
    }

    JsonNode next(SqlQuestion question, String nextUri) throws IOException, InterruptedException, SqlException {
        String place = place(nextUri);
        return page(
                question,
                request(place + (place.contains("?") ? "&" : "?") + PAGE).build());
    }

    /** Has the engine forget the rest. */
    void cancel(String nextUri) throws IOException, InterruptedException {
        http.send(request(place(nextUri)).DELETE().build(), HttpResponse.BodyHandlers.discarding());
    }

    private JsonNode page(SqlQuestion question, HttpRequest request)
            throws IOException, InterruptedException, SqlException {
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += BREATH.toMillis()) {
            question.requireWanted();
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    return read(body.readNBytes(LARGEST + 1));
                }
            }
            if (!NOT_NOW.contains(answer.statusCode())) {
                throw new SqlException("the SQL engine answers " + answer.statusCode());
            }
            Thread.sleep(BREATH.toMillis());
        }
        throw new IOException("the SQL engine has no time");
    }

    private JsonNode read(byte[] body) throws IOException, SqlException {
        if (body.length > LARGEST) {
            throw new SqlException("the rows are too large to be shown: ask for fewer columns");
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("the SQL engine answers no JSON", e);
        }
    }

    private HttpRequest.Builder request(String place) {
        return HttpRequest.newBuilder(URI.create(address + place)).timeout(PATIENCE);
    }

    /** Only ever at the address that was configured, whatever name the engine has for itself. */
    private static String place(String nextUri) throws IOException {
        URI next = URI.create(nextUri);
        String path = next.getRawPath();
        if (path == null || !path.startsWith(PATH + "/") || path.contains("/..")) {
            throw new IOException("the SQL engine continues at a place that is no statement's");
        }
        return next.getRawQuery() == null ? path : path + "?" + next.getRawQuery();
    }
}
