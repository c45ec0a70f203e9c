package dev.firn.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The one rule, before and instead of all others: who holds what the endpoint asks for is let in. */
@Singleton
final class Permission implements SecurityRule<HttpRequest<?>> {
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Publisher<SecurityRuleResult> check(HttpRequest<?> request, @Nullable Authentication caller) {
        return Mono.just(
                Access.to(request).isHeldBy(caller) ? SecurityRuleResult.ALLOWED : SecurityRuleResult.REJECTED);
    }
}
