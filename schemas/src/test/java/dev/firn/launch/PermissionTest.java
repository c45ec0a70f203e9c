package dev.firn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionTest {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient client = HttpClient.newHttpClient();

    @Controller("/door")
    static final class Door {
        @Get
        String look() {
            return "closed";
        }

        @Post
        String open() {
            return "open";
        }
    }

    @Test
    void shouldLetLocalProgramsChangeThingsWhenItListensOnLoopback() throws Exception {
        try (ApplicationContext context = serving(Map.of("micronaut.server.host", "127.0.0.1"))) {
            assertThat(post(context)).isEqualTo(OK);
            assertThat(post(context, "Origin", "http://localhost:8083")).isEqualTo(OK);
        }
    }

    @Test
    void shouldRefuseAPageOfAnotherSiteWhenItListensOnLoopback() throws Exception {
        try (ApplicationContext context = serving(Map.of("micronaut.server.host", "127.0.0.1"))) {
            assertThat(post(context, "Origin", "http://evil.example")).isEqualTo(FORBIDDEN);
            assertThat(post(context, "Origin", "http://localhost.evil.example")).isEqualTo(FORBIDDEN);
            assertThat(post(context, "Origin", "null")).isEqualTo(FORBIDDEN);
        }
    }

    @Test
    void shouldWantTheTokenForChangesWhenOthersCanReachIt() throws Exception {
        Map<String, Object> open = Map.of("micronaut.server.host", "0.0.0.0", "firn.management.token", "s3cret");
        try (ApplicationContext context = serving(open)) {
            assertThat(post(context)).isEqualTo(UNAUTHORIZED);
            assertThat(post(context, "Authorization", "Bearer wrong")).isEqualTo(UNAUTHORIZED);
            assertThat(post(context, "Authorization", "Bearer s3cret")).isEqualTo(OK);
            assertThat(send(request(context).GET())).isEqualTo(OK);
        }
    }

    @Test
    void shouldRefuseEveryChangeWhenOthersCanReachItAndNoTokenIsSet() throws Exception {
        try (ApplicationContext context = serving(Map.of("micronaut.server.host", "0.0.0.0"))) {
            assertThat(post(context, "Authorization", "Bearer ")).isEqualTo(UNAUTHORIZED);
            assertThat(send(request(context).GET())).isEqualTo(OK);
        }
    }

    private int post(ApplicationContext context, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(context).POST(HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(ApplicationContext context) {
        int port = context.getBean(EmbeddedServer.class).getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/door"));
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static ApplicationContext serving(Map<String, Object> properties) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(properties)
                .properties(Map.of("micronaut.server.port", "-1"))
                .environmentPropertySource(false)
                .banner(false)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }
}
