package dev.firn.generator.management;

import dev.firn.generator.Generator;
import dev.firn.generator.publish.Progress;
import dev.firn.generator.truth.TruthJson;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the generator has got, and what the tables must hold. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final Generator generator;

    StatusController(Generator generator) {
        this.generator = generator;
    }

    @Get("/status")
    Map<String, Object> status() {
        return described(generator.progress());
    }

    @Get("/truth")
    @Produces(MediaType.APPLICATION_JSON)
    String truth() {
        return TruthJson.text(generator.truth());
    }

    static Map<String, Object> described(Progress progress) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", progress.state().name());
        status.put("sent", progress.sent());
        status.put("acknowledged", progress.acknowledged());
        status.put("rate", progress.rate());
        if (progress.simulatedTime() != null) {
            status.put("simulated_time", progress.simulatedTime().toString());
        }
        if (progress.failure() != null) {
            status.put("failure", progress.failure());
        }
        return status;
    }
}
