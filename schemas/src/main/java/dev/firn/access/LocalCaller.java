package dev.firn.access;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Who shows nothing, while the server listens on loopback only: a program of this machine, which may look, and may change
 * something as long as there is no way set up to show who one is. A page of another site in this machine's browser may change
 * nothing, and, where it has given its own name to this machine, see nothing either.
 */
@Singleton
final class LocalCaller implements AuthenticationFetcher<HttpRequest<?>> {
    static final String NAME = "local";

    private final boolean loopback;
    private final boolean trusted;

    LocalCaller(@Value("${micronaut.server.host:}") String host, AccessSettings settings) {
        this.loopback = Loopback.isBoundBy(host);
        this.trusted = !settings.anyKnown();
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        if (!loopback
                || headers.contains(HttpHeaders.AUTHORIZATION)
                || isByAnotherName(headers.get(HttpHeaders.HOST))) {
            return Mono.empty();
        }
        String origin = headers.get(HttpHeaders.ORIGIN);
        boolean isOwn = origin == null || Loopback.isOrigin(origin);
        Access access = trusted && isOwn ? Access.OPERATOR : Access.VIEWER;
        return Mono.just(Authentication.build(NAME, List.of(access.role())));
    }

    private static boolean isByAnotherName(@Nullable String host) {
        return host != null && !Loopback.isNamedBy(host);
    }
}
