package dev.firn.launch;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something, on any endpoint of the service. While the server listens on loopback only: any program on
 * this machine, but no page of another site in its browser. Otherwise: whoever shows the token, and nobody if none is
 * set. Requests that only read are let through.
 */
@ServerFilter("/**")
final class Permission {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Pattern ORIGIN_HERE = Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private final boolean loopback;
    private final @Nullable String token;

    Permission(@Value("${micronaut.server.host:}") String host, @Value("${firn.management.token:}") String token) {
        this.loopback = isLoopback(host);
        this.token = token.isEmpty() ? null : token;
    }

    @RequestFilter
    void require(HttpRequest<?> request) {
        if (READING.contains(request.getMethod()) || shown(request.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
            return;
        }
        if (!loopback) {
            throw new HttpStatusException(
                    HttpStatus.UNAUTHORIZED, "wanted: Authorization: Bearer TOKEN (FIRN_MANAGEMENT_TOKEN)");
        }
        if (isFromAnotherSite(request.getHeaders())) {
            throw new HttpStatusException(HttpStatus.FORBIDDEN, "a page of another site may change nothing");
        }
    }

    /** By name: what a name of the page's owner resolves to is the owner's choice. */
    private static boolean isFromAnotherSite(HttpHeaders headers) {
        String origin = headers.get(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        return !ORIGIN_HERE.matcher(origin).matches();
    }

    private boolean shown(@Nullable String header) {
        return token != null
                && header != null
                // in a time that does not tell how much of it was right
                && MessageDigest.isEqual(
                        header.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoopback(String host) {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
