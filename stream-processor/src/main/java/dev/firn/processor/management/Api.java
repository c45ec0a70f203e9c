package dev.firn.processor.management;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** What the build describes all endpoints under, by their own documentation. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "stream-processor",
                        version = "1",
                        description = "How far the topologies are, and what they look like."))
final class Api {
    private Api() {}
}
