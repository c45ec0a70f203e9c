package dev.firn.access;

import dev.firn.config.ConfigurationException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.management.}
 *
 * @param token whose bearer may change something; none if empty, as all of them
 * @param viewerToken whose bearer may look
 * @param oidcJwksUrl where the keys are that an identity provider signs its tokens with; without it, no JWT is taken
 * @param oidcIssuer whose tokens are taken
 * @param oidcAudience for whom they must be
 * @param oidcRolesClaim the claim with the roles {@code viewer} and {@code operator}; dots lead into nested ones
 */
@Context
@ConfigurationProperties("firn.management")
public record AccessSettings(
        @Nullable String token,
        @Nullable String viewerToken,
        @Nullable String oidcJwksUrl,
        @Nullable String oidcIssuer,
        @Nullable String oidcAudience,
        @Bindable(defaultValue = "roles") String oidcRolesClaim) {
    private static final String KEY = "firn.management.";

    public AccessSettings {
        token = orNull(token);
        viewerToken = orNull(viewerToken);
        oidcJwksUrl = orNull(oidcJwksUrl);
        oidcIssuer = orNull(oidcIssuer);
        oidcAudience = orNull(oidcAudience);
        if (token != null && token.equals(viewerToken)) {
            throw new ConfigurationException(
                    KEY + "viewer-token must differ from " + KEY + "token: else who may look may change something");
        }
        long said = Stream.of(
                        Optional.ofNullable(oidcJwksUrl),
                        Optional.ofNullable(oidcIssuer),
                        Optional.ofNullable(oidcAudience))
                .filter(Optional::isPresent)
                .count();
        if (said != 0 && said != 3) {
            throw new ConfigurationException(
                    KEY + "oidc-jwks-url, oidc-issuer and oidc-audience: all of them, or none");
        }
        if (oidcJwksUrl != null && !isSafe(oidcJwksUrl)) {
            throw new ConfigurationException(
                    KEY + "oidc-jwks-url must begin with https://: who can change the keys can be anyone");
        }
    }

    /** What this service shows to the others when it looks at them: the least that is enough. */
    public Optional<String> looking() {
        return Optional.ofNullable(viewerToken == null ? token : viewerToken);
    }

    /** Whether there is any way to show who one is. */
    boolean anyKnown() {
        return token != null || viewerToken != null || oidcJwksUrl != null;
    }

    /** It holds secrets. */
    @Override
    public String toString() {
        return "AccessSettings[oidcIssuer=" + oidcIssuer + "]";
    }

    private static boolean isSafe(String url) {
        return url.startsWith("https://") || Loopback.isNamedBy(URI.create(url).getAuthority());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
