package dev.firn.sink.management.dashboard;

import dev.firn.access.Access;
import dev.firn.access.Needs;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** The dashboard's files: pages, styles, scripts. Everything they need is among them, and nothing of what they show. */
@Controller
@Hidden
@Needs(Access.ANYONE)
@ExecuteOn(TaskExecutors.BLOCKING)
final class Pages {
    private static final Pattern NAME = Pattern.compile("[a-z]+(\\.[a-z]+)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "md", "text/plain; charset=utf-8",
            "svg", "image/svg+xml");

    @Get
    HttpResponse<?> root() {
        return HttpResponse.temporaryRedirect(URI.create("/dashboard/"));
    }

    /** A slash at the end or not is the same to the router, but not to links in the page. */
    @Get("/dashboard")
    HttpResponse<?> index(HttpRequest<?> request) throws IOException {
        return request.getPath().endsWith("/") ? file("index.html") : root();
    }

    @Get("/dashboard/{name}")
    HttpResponse<?> file(String name) throws IOException {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return HttpResponse.notFound();
        }
        try (InputStream file = Pages.class.getResourceAsStream("/dashboard/" + name)) {
            return file == null
                    ? HttpResponse.notFound()
                    : HttpResponse.ok(file.readAllBytes()).contentType(MediaType.of(type));
        }
    }
}
