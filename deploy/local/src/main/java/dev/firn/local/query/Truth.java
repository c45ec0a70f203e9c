package dev.firn.local.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the generator knows that the tables must hold.
 *
 * @param complete whether all that was to be sent is counted
 * @param personal what must be nowhere in silver and gold
 */
public record Truth(boolean complete, List<Expectation> expectations, PersonalValues personal) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public Truth {
        expectations = List.copyOf(expectations);
    }

    /** As the generator wrote it to a file. */
    public static Truth read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** As the generator answers, at an address such as {@code http://127.0.0.1:8081/truth}. */
    public static Truth read(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answers " + response.statusCode());
        }
        return parse(response.body());
    }

    static Truth parse(String text) throws IOException {
        JsonNode root = JSON.readTree(text);
        List<Expectation> expectations = new ArrayList<>();
        for (JsonNode node : root.path("expectations")) {
            expectations.add(new Expectation(
                    node.path("table").asText(),
                    node.path("what").asText(),
                    node.path("measure").asText(),
                    node.path("filter").textValue(),
                    node.path("expected").asText()));
        }
        JsonNode personal = root.path("personal");
        PersonalValues values = new PersonalValues(texts(personal.path("texts")), texts(personal.path("words")));
        return new Truth(root.path("complete").asBoolean(), expectations, values);
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
