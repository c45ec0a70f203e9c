package dev.firn.access;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Says what was missing. No browser is sent anywhere for it. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class Refusal implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
    private final ErrorResponseProcessor<?> errors;

    Refusal(ErrorResponseProcessor<?> errors) {
        this.errors = errors;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the framework declares it
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException refused) {
        HttpRequest<?> asked = request;
        String role = Access.to(asked).role();
        return refused.isForbidden()
                ? answer(asked, HttpResponse.status(HttpStatus.FORBIDDEN), "wanted: the role " + role)
                : answer(
                        asked,
                        HttpResponse.status(HttpStatus.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"),
                        "wanted: Authorization: Bearer TOKEN, of the role " + role);
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, MutableHttpResponse<Object> answer, String why) {
        return errors.processResponse(
                ErrorContext.builder(request).errorMessage(why).build(), answer);
    }
}
