package dev.firn.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JWT for what it says only if an identity provider is configured, it comes from there, is for us, says of whom it speaks,
 * and ends some time. Without a provider it takes none: the framework holds an unsigned one to be verified then.
 */
@Singleton
final class RightClaims implements GenericJwtClaimsValidator<HttpRequest<?>> {
    private final AccessSettings settings;

    RightClaims(AccessSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean validate(Claims claims, @Nullable HttpRequest<?> request) {
        String audience = settings.oidcAudience();
        return settings.oidcJwksUrl() != null
                && audience != null
                && String.valueOf(settings.oidcIssuer()).equals(claims.get(Claims.ISSUER))
                && claims.get(Claims.AUDIENCE) instanceof Collection<?> audiences
                && audiences.contains(audience)
                && claims.get(Claims.SUBJECT) != null
                && claims.get(Claims.EXPIRATION_TIME) != null;
    }
}
