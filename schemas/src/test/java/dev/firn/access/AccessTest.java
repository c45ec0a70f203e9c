package dev.firn.access;

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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server as the services are, asked over HTTP by all kinds of callers. */
class AccessTest {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Issuer ISSUER = new Issuer();
    private static ApplicationContext open;
    private static ApplicationContext loopback;
    private static ApplicationContext guardedLoopback;

    @Controller
    static final class Door {
        @Get("/door")
        String look() {
            return "closed";
        }

        @Post("/door")
        String open() {
            return "open";
        }

        @Post("/door/history")
        @Needs(Access.VIEWER)
        String history() {
            return "always closed";
        }

        @Get("/door/picture")
        @Needs(Access.ANYONE)
        String picture() {
            return "of a door";
        }

        @Get("/health/liveness")
        String health() {
            return "UP";
        }
    }

    @BeforeAll
    static void start() {
        Map<String, Object> known = Map.of(
                "firn.management.token", "s3cret",
                "firn.management.viewer-token", "glasses",
                "firn.management.oidc-jwks-url", ISSUER.keysUrl(),
                "firn.management.oidc-issuer", "https://id.example",
                "firn.management.oidc-audience", "firn",
                "firn.management.oidc-roles-claim", "realm.roles");
        open = serving("0.0.0.0", known);
        loopback = serving("127.0.0.1", Map.of());
        guardedLoopback = serving("127.0.0.1", Map.of("firn.management.token", "s3cret"));
    }

    @AfterAll
    static void stop() {
        open.close();
        loopback.close();
        guardedLoopback.close();
        ISSUER.close();
    }

    @Test
    void shouldLetLocalProgramsInWhenItListensOnLoopbackAndNoTokenIsSet() throws Exception {
        assertThat(get(loopback, "/door")).isEqualTo(OK);
        assertThat(post(loopback, "/door")).isEqualTo(OK);
        assertThat(post(loopback, "/door", "Origin", "http://localhost:8083")).isEqualTo(OK);
    }

    @Test
    void shouldWantTheTokenForChangesWhenItListensOnLoopbackAndOneIsSet() throws Exception {
        assertThat(get(guardedLoopback, "/door")).isEqualTo(OK);
        assertThat(post(guardedLoopback, "/door/history")).isEqualTo(OK);
        assertThat(post(guardedLoopback, "/door")).isEqualTo(FORBIDDEN);
        assertThat(post(guardedLoopback, "/door", "Authorization", "Bearer wrong"))
                .isEqualTo(UNAUTHORIZED);
        assertThat(post(guardedLoopback, "/door", "Authorization", "Bearer s3cret"))
                .isEqualTo(OK);
    }

    @Test
    void shouldRefuseAPageOfAnotherSiteWhenItListensOnLoopback() throws Exception {
        assertThat(post(loopback, "/door", "Origin", "http://evil.example")).isEqualTo(FORBIDDEN);
        assertThat(post(loopback, "/door", "Origin", "http://localhost.evil.example"))
                .isEqualTo(FORBIDDEN);
        assertThat(post(loopback, "/door", "Origin", "null")).isEqualTo(FORBIDDEN);
    }

    @Test
    void shouldLetInWhomTheTokenIsFromWhenOthersCanReachIt() throws Exception {
        for (String path : new String[] {"/door", "/nowhere"}) {
            assertThat(get(open, path)).isEqualTo(UNAUTHORIZED);
            assertThat(get(open, path, "Authorization", "Bearer wrong")).isEqualTo(UNAUTHORIZED);
            assertThat(post(open, path, "Authorization", "Bearer ")).isEqualTo(UNAUTHORIZED);
            assertThat(post(open, path, "Authorization", "s3cret")).isEqualTo(UNAUTHORIZED);
            assertThat(post(open, path, "Authorization", "Bearer glasses")).isEqualTo(FORBIDDEN);
        }
        assertThat(get(open, "/door", "Authorization", "Bearer glasses")).isEqualTo(OK);
        assertThat(get(open, "/door", "Authorization", "Bearer s3cret")).isEqualTo(OK);
        assertThat(post(open, "/door", "Authorization", "Bearer s3cret")).isEqualTo(OK);
    }

    @Test
    void shouldAskForWhatTheEndpointSaysWhenItsMethodDoesNotTell() throws Exception {
        assertThat(get(open, "/door/picture")).isEqualTo(OK);
        assertThat(get(open, "/health/liveness")).isEqualTo(OK);
        assertThat(post(open, "/door/history")).isEqualTo(UNAUTHORIZED);
        assertThat(post(open, "/door/history", "Authorization", "Bearer glasses"))
                .isEqualTo(OK);
    }

    @Test
    void shouldTakeATokenFromNowhereElseThanTheHeader() throws Exception {
        assertThat(get(open, "/door?access_token=s3cret")).isEqualTo(UNAUTHORIZED);
        assertThat(get(open, "/door", "Cookie", "JWT=s3cret")).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void shouldSayWhatIsWantedWhenItRefuses() throws Exception {
        // When
        HttpResponse<String> unknown = send(request(open, "/door").header("Accept", "text/html,*/*"));
        HttpResponse<String> viewer = send(request(open, "/door")
                .header("Authorization", "Bearer glasses")
                .POST(HttpRequest.BodyPublishers.noBody()));

        // Then
        assertThat(unknown.statusCode()).isEqualTo(UNAUTHORIZED);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(unknown.body()).contains("of the role viewer");
        assertThat(viewer.body()).contains("the role operator").doesNotContain("glasses");
    }

    @Test
    void shouldKnowRolesOfAnIdentityProviderWhenItHasSignedThem() throws Exception {
        // Given
        String operator = ISSUER.sign(claims("operator", "https://id.example", "firn", 60));
        String viewer = ISSUER.sign(claims("viewer", "https://id.example", "firn", 60));

        // Then
        assertThat(post(open, "/door", "Authorization", "Bearer " + operator)).isEqualTo(OK);
        assertThat(get(open, "/door", "Authorization", "Bearer " + viewer)).isEqualTo(OK);
        assertThat(post(open, "/door", "Authorization", "Bearer " + viewer)).isEqualTo(FORBIDDEN);
    }

    @Test
    void shouldRefuseATokenThatIsNotForUsWhateverItSays() throws Exception {
        // Given
        String right = claims("operator", "https://id.example", "firn", 60);
        String[] wrong = {
            ISSUER.sign(claims("operator", "https://id.example", "firn", -3600)),
            ISSUER.sign(claims("operator", "https://other.example", "firn", 60)),
            ISSUER.sign(claims("operator", "https://id.example", "shop", 60)),
            ISSUER.sign(right.replaceAll(",\"exp\":\\d+", "")),
            ISSUER.sign(right.replace("\"sub\":\"jane\",", "")),
            ISSUER.sign(right + ",\"nbf\":" + Instant.now().plusSeconds(3600).getEpochSecond()),
            tampered(ISSUER.sign(right)),
            Issuer.unsigned(right)
        };

        // Then
        for (String token : wrong) {
            assertThat(get(open, "/door", "Authorization", "Bearer " + token))
                    .as(token)
                    .isEqualTo(UNAUTHORIZED);
        }
        try (Issuer stranger = new Issuer()) {
            assertThat(get(open, "/door", "Authorization", "Bearer " + stranger.sign(right)))
                    .isEqualTo(UNAUTHORIZED);
        }
        String noRole = ISSUER.sign(claims("gardener", "https://id.example", "firn", 60));
        assertThat(get(open, "/door", "Authorization", "Bearer " + noRole)).isEqualTo(FORBIDDEN);
    }

    @Test
    void shouldTakeNoJwtWhenNoProviderIsSet() throws Exception {
        // Given
        String right = claims("operator", "https://id.example", "firn", 60);

        // Then
        assertThat(post(guardedLoopback, "/door", "Authorization", "Bearer " + Issuer.unsigned(right)))
                .isEqualTo(UNAUTHORIZED);
        assertThat(post(guardedLoopback, "/door", "Authorization", "Bearer " + ISSUER.sign(right)))
                .isEqualTo(UNAUTHORIZED);
    }

    @Test
    void shouldWriteWhoDidWhatWhenSomethingChangesOrIsRefused() throws Exception {
        // Given
        String jane = ISSUER.sign(claims("operator", "https://id.example", "firn", 60));

        // When
        try (AuditLog log = new AuditLog()) {
            get(open, "/door");
            post(open, "/door/history", "Authorization", "Bearer glasses");
            post(open, "/door?secret=s3cret");
            post(open, "/door", "Authorization", "Bearer wrong");
            post(open, "/door", "Authorization", "Bearer glasses");
            post(open, "/door", "Authorization", "Bearer s3cret");
            post(open, "/door", "Authorization", "Bearer " + jane);
            post(loopback, "/door");

            // Then
            assertThat(log.lines())
                    .containsExactly(
                            "Refused who=nobody roles= from=127.0.0.1 method=POST path=/door status=401",
                            "Refused who=nobody roles= from=127.0.0.1 method=POST path=/door status=401",
                            "Refused who=token:viewer roles=viewer from=127.0.0.1 method=POST path=/door status=403",
                            "Done who=token:operator roles=operator from=127.0.0.1 method=POST path=/door status=200",
                            "Done who=oidc:jane roles=operator from=127.0.0.1 method=POST path=/door status=200",
                            "Done who=local roles=operator from=127.0.0.1 method=POST path=/door status=200");
        }
    }

    @Test
    void shouldKeepALineOneLineWhenAPathIsMadeToBreakIt() throws Exception {
        try (AuditLog log = new AuditLog()) {
            post(open, "/door%0ADone%20who=token:operator");

            assertThat(log.lines())
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain("\n")
                            .contains("status=401")
                            .doesNotContain(" who=token"));
        }
    }

    private static String tampered(String token) {
        int dot = token.indexOf('.');
        return token.substring(0, dot)
                + "."
                + Issuer.unsigned(claims("operator", "https://id.example", "firn", 7200))
                        .split("\\.", -1)[1]
                + token.substring(token.lastIndexOf('.'));
    }

    private static String claims(String role, String issuer, String audience, long seconds) {
        return "\"sub\":\"jane\",\"iss\":\"%s\",\"aud\":\"%s\",\"realm\":{\"roles\":[\"%s\"]},\"exp\":%d"
                .formatted(
                        issuer,
                        audience,
                        role,
                        Instant.now().plusSeconds(seconds).getEpochSecond());
    }

    private static int get(ApplicationContext context, String path, String... headers)
            throws IOException, InterruptedException {
        return send(with(request(context, path), headers)).statusCode();
    }

    private static int post(ApplicationContext context, String path, String... headers)
            throws IOException, InterruptedException {
        return send(with(request(context, path).POST(HttpRequest.BodyPublishers.noBody()), headers))
                .statusCode();
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpRequest.Builder request(ApplicationContext context, String path) {
        int port = context.getBean(EmbeddedServer.class).getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static ApplicationContext serving(String host, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("micronaut.server.host", host);
        properties.put("micronaut.server.port", "-1");
        ApplicationContext context = ApplicationContext.builder()
                .properties(properties)
                .environmentPropertySource(false)
                .banner(false)
                .start();
        context.getBean(EmbeddedServer.class).start();
        return context;
    }
}
