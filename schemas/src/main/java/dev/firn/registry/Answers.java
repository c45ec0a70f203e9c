package dev.firn.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;

/** Tells what an HTTP answer means. */
final class Answers {
    private static final int LONGEST_MESSAGE = 500;

    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    Outcome of(HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = parse(response.body());
        if (status / 100 == 2 && !body.isMissingNode()) {
            return new Outcome.Granted(body);
        }
        if (status / 100 == 5 || status == 408 || status == 429) {
            return new Outcome.Unanswered("it answers " + status, true, null);
        }
        if (status == 401 || status == 403) {
            return new Outcome.Unanswered("it refuses our credentials with " + status, false, null);
        }
        if (status / 100 == 4 && body.hasNonNull("error_code")) {
            return new Outcome.Refused(body.get("error_code").asInt(), message(body));
        }
        // a registry names its error code: a bare 404 comes from something else that listens there, and says nothing
        // about schemas
        return new Outcome.Unanswered(
                "it answers " + status + " and not as a registry does: is the URL right?", false, null);
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String message(JsonNode body) {
        String message = body.path("message").asText("no message");
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
