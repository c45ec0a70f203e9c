package dev.firn.generator.management;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something: anybody on this machine while the server listens to nobody else; otherwise whoever shows the
 * token, and nobody if none is set.
 */
@Singleton
final class Permission {
    private final boolean loopback;
    private final @Nullable String token;

    Permission(@Value("${micronaut.server.host:}") String host, @Value("${firn.management.token:}") String token) {
        this.loopback = isLoopback(host);
        this.token = token.isEmpty() ? null : token;
    }

    void require(HttpRequest<?> request) {
        if (!loopback && !shown(request.getHeaders().get(HttpHeaders.AUTHORIZATION))) {
            throw new HttpStatusException(HttpStatus.UNAUTHORIZED, "wanted: Authorization: Bearer TOKEN");
        }
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
