package dev.firn.launch;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;

/** A service's own endpoints in the terms of OpenAPI 3, as its build has written them down. */
@Controller
final class ApiDescription {
    private static final String FILE = "/META-INF/swagger/openapi.yml";

    @Get("/openapi.yml")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> file() throws IOException {
        try (InputStream file = ApiDescription.class.getResourceAsStream(FILE)) {
            return file == null
                    ? HttpResponse.notFound()
                    : HttpResponse.ok(file.readAllBytes()).contentType(MediaType.APPLICATION_YAML_TYPE);
        }
    }
}
