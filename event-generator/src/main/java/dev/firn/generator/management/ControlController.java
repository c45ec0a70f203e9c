package dev.firn.generator.management;

import dev.firn.generator.Generator;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import java.util.Map;

/** Pauses, resumes, and sets the rate. */
@Controller
final class ControlController {
    private final Generator generator;

    ControlController(Generator generator) {
        this.generator = generator;
    }

    @Post("/pause")
    Map<String, Object> pause() {
        generator.controls().pause();
        return StatusController.described(generator.progress());
    }

    @Post("/resume")
    Map<String, Object> resume() {
        generator.controls().resume();
        return StatusController.described(generator.progress());
    }

    @Post("/rate")
    Map<String, Object> rate(@Body Map<String, Object> body) {
        if (!(body.get("events_per_second") instanceof Number rate)) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, "wanted: {\"events_per_second\": NUMBER}");
        }
        generator.controls().rate(rate.doubleValue());
        return StatusController.described(generator.progress());
    }

    @Error
    HttpResponse<Map<String, String>> refused(IllegalArgumentException e) {
        return HttpResponse.badRequest(Map.of("message", String.valueOf(e.getMessage())));
    }
}
