package dev.firn.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Knows the bearers of the tokens that are configured, in a time that does not tell how much of one was right. */
@Singleton
final class KnownTokens implements TokenValidator<HttpRequest<?>> {
    private final AccessSettings settings;

    KnownTokens(AccessSettings settings) {
        this.settings = settings;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        boolean isOperator = isSame(settings.token(), token);
        boolean isViewer = isSame(settings.viewerToken(), token);
        if (!isOperator && !isViewer) {
            return Mono.empty();
        }
        String role = (isOperator ? Access.OPERATOR : Access.VIEWER).role();
        return Mono.just(Authentication.build("token:" + role, List.of(role)));
    }

    private static boolean isSame(@Nullable String known, String shown) {
        return known != null
                && MessageDigest.isEqual(
                        known.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
