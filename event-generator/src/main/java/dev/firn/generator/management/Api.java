package dev.firn.generator.management;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** What the build describes all endpoints under, by their own documentation. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "event-generator",
                        version = "1",
                        description =
                                "How far the generator is, what should come of its events, and how fast it is to go on."))
final class Api {
    private Api() {}
}
