package dev.firn.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.security.authentication.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who changed what, who was refused to, and who had what an endpoint tells a {@link #detail} of: a line each of the logger
 * {@code audit}. It holds no token, no body and no query, since
 * these may be secret or a person's.
 */
@ServerFilter("/**")
public final class Audit implements Ordered {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final String DETAIL = "firn.audit.detail";
    private static final int LONGEST = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** What stands at the end of the request's line, as {@code key=value}. No secret, and nothing that is a person's. */
    public static void detail(HttpRequest<?> request, String detail) {
        request.setAttribute(DETAIL, detail);
    }

    /** Around all others: it sees what those who refuse have answered. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void note(HttpRequest<?> request, HttpResponse<?> response) {
        if (Access.to(request) != Access.OPERATOR
                && request.getAttribute(DETAIL).isEmpty()) {
            return;
        }
        LOG.info(
                "{} who={} roles={} from={} method={} path={} status={}{}",
                outcome(response.code()),
                clean(request.getUserPrincipal(Authentication.class)
                        .map(Audit::name)
                        .orElse("nobody")),
                clean(request.getUserPrincipal(Authentication.class)
                        .map(caller -> String.join(",", caller.getRoles()))
                        .orElse("")),
                request.getRemoteAddress().getAddress().getHostAddress(),
                clean(request.getMethodName()),
                clean(request.getPath()),
                response.code(),
                request.getAttribute(DETAIL, String.class)
                        .map(detail -> " " + detail.replaceAll("[^\\x20-\\x7e]", "?"))
                        .orElse(""));
    }

    /** A subject is what another party chose, so that it could be called as one of ours is. */
    private static String name(Authentication caller) {
        return caller.getAttributes().containsKey("iss") ? "oidc:" + caller.getName() : caller.getName();
    }

    private static String outcome(int status) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return "Refused";
        }
        return status < 400 ? "Done" : "Failed";
    }

    /** So that nobody who chooses a name or a path can write a line of it. */
    private static String clean(String text) {
        String printable = text.replaceAll("[^\\x21-\\x7e]", "?");
        return printable.substring(0, Math.min(LONGEST, printable.length()));
    }
}
