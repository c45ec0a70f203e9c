package dev.firn.access;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.jwt.signature.jwks.JwksSignatureConfiguration;
import io.micronaut.security.token.jwt.signature.jwks.JwksSignatureConfigurationProperties;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import io.micronaut.security.token.jwt.validator.NotBeforeJwtClaimsValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The keys that it signs its tokens with, and from when they are good. */
@Factory
@Requires(property = "firn.management.oidc-jwks-url", pattern = ".+")
final class IdentityProvider {
    private static final String NAME = "oidc";

    @Singleton
    @Named(NAME)
    JwksSignatureConfiguration keys(AccessSettings settings) {
        JwksSignatureConfigurationProperties keys = new JwksSignatureConfigurationProperties(NAME);
        keys.setUrl(requireNonNull(settings.oidcJwksUrl()));
        return keys;
    }

    /** The framework takes a token before its time unless told otherwise. */
    @Singleton
    GenericJwtClaimsValidator<HttpRequest<?>> notBefore() {
        return new NotBeforeJwtClaimsValidator<>();
    }
}
