package dev.firn.processor.management;

import dev.firn.processor.picture.Picture;
import dev.firn.processor.run.Engine;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.TopologyDescription;

/** How far the processor is, and what it is made of. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final Engine engine;
    private final Status status;

    StatusController(Engine engine, Status status) {
        this.engine = engine;
        this.status = status;
    }

    @Get("/status")
    Map<String, Object> status() {
        return status.described();
    }

    @Get("/topology")
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> topology() {
        return described(TopologyDescription::toString);
    }

    @Get("/topology.svg")
    @Produces("image/svg+xml")
    HttpResponse<String> picture() {
        return described(Picture::of);
    }

    /** There is none before the raw topics are there. */
    private HttpResponse<String> described(Function<TopologyDescription, String> how) {
        return engine.topology()
                .map(topology -> HttpResponse.ok(how.apply(topology.describe())))
                .orElseGet(HttpResponse::notFound);
    }
}
