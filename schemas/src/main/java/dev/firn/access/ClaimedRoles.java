package dev.firn.access;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.security.token.DefaultRolesFinder;
import io.micronaut.security.token.RolesFinder;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the roles in the claim that is configured: a list, or words in a text. */
@Singleton
@Replaces(DefaultRolesFinder.class)
final class ClaimedRoles implements RolesFinder {
    private final String claim;

    ClaimedRoles(AccessSettings settings) {
        this.claim = settings.oidcRolesClaim();
    }

    @Override
    public List<String> resolveRoles(@Nullable Map<String, Object> attributes) {
        Object value = attributes == null ? null : attributes.get(claim);
        return roles(value == null ? nested(attributes) : value);
    }

    private @Nullable Object nested(@Nullable Object claims) {
        Object value = claims;
        for (String name : claim.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static List<String> roles(@Nullable Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream().map(String::valueOf).toList();
        }
        return value instanceof String text ? List.of(text.split(" ", -1)) : List.of();
    }
}
