package dev.firn.access;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.web.router.RouteAttributes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an endpoint asks of who calls it. Each of them includes those before it. */
public enum Access {
    /** Nothing: it shows nothing that is worth hiding. */
    ANYONE,
    /** To be let see. */
    VIEWER,
    /** To be let change something. */
    OPERATOR;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** What the endpoint says by {@link Needs}, or else: anyone for health, a viewer for what reads, an operator for the rest. */
    static Access to(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .flatMap(route -> route.getAnnotationMetadata().enumValue(Needs.class, Access.class))
                .orElseGet(() -> byMethod(request));
    }

    private static Access byMethod(HttpRequest<?> request) {
        if (!READING.contains(request.getMethod())) {
            return OPERATOR;
        }
        String path = request.getPath();
        return path.equals("/health") || path.startsWith("/health/") ? ANYONE : VIEWER;
    }

    /** As tokens name it. */
    String role() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isHeldBy(@Nullable Authentication caller) {
        if (this == ANYONE || caller == null) {
            return this == ANYONE;
        }
        return caller.getRoles().contains(OPERATOR.role()) || caller.getRoles().contains(role());
    }
}
