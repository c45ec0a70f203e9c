package dev.firn.sink.management;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** What the build describes all endpoints under, by their own documentation. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "iceberg-sink",
                        version = "1",
                        description =
                                "Topics become tables: how far each is, what stands in its way, and what to do about it."))
final class Api {
    private Api() {}
}
