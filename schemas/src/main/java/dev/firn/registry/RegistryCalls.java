package dev.firn.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Requests to the registry, repeated while there is hope. */
final class RegistryCalls {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryConfig config;
    private final HttpClient client;
    private final Answers answers;

    RegistryCalls(RegistryConfig config, ObjectMapper json) {
        this.config = config;
        this.client = client(config);
        this.answers = new Answers(json);
    }

    private static HttpClient client(RegistryConfig config) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(config.connectTimeout());
        if (config.tls() != null) {
            builder.sslContext(config.tls().context());
        }
        return builder.build();
    }

    /** @throws RegistryUnavailableException if no attempt got an answer */
    Outcome ask(String method, String path, @Nullable JsonNode body) {
        for (int attempt = 1; ; attempt++) {
            URI url = url(attempt, path);
            Outcome outcome = attempt(method, url, body);
            if (!(outcome instanceof Outcome.Unanswered unanswered)) {
                return outcome;
            }
            if (!unanswered.worthAnotherTry() || attempt >= config.retries().attempts()) {
                throw new RegistryUnavailableException(
                        "registry at " + url.getAuthority() + " can't be asked (" + method + " " + path + "): "
                                + unanswered.why() + (attempt > 1 ? ", after " + attempt + " attempts" : ""),
                        unanswered.cause());
            }
            pause(config.retries().pauseAfter(attempt, ThreadLocalRandom.current()));
        }
    }

    private URI url(int attempt, String path) {
        URI base = config.urls().get((attempt - 1) % config.urls().size());
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private Outcome attempt(String method, URI url, @Nullable JsonNode body) {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request(method, url, body), BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            // the client's own timeout ends with the headers, this one covers the body too
            return answers.of(response.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            response.cancel(true);
            return new Outcome.Unanswered("no answer within " + config.requestTimeout(), true, e);
        } catch (ExecutionException e) {
            return failed(e);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw interrupted(e);
        }
    }

    private static Outcome failed(ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
            String message = io.getMessage();
            String why = io.getClass().getSimpleName() + (message == null ? "" : ": " + message);
            return new Outcome.Unanswered(why, true, io);
        }
        throw new RegistryException("a request to the registry failed", e.getCause());
    }

    private HttpRequest request(String method, URI url, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE);
        }
        if (config.auth() != null) {
            request.header("Authorization", config.auth().header());
        }
        return request.build();
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RegistryUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("interrupted while asking the registry", e);
    }
}
