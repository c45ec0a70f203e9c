package dev.firn.sink.management.dashboard;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What the dashboard shows of all services, as it changes. */
@Controller("/dashboard")
@Requires(beans = Lookout.class)
final class LiveController {
    private final Lookout lookout;

    LiveController(Lookout lookout) {
        this.lookout = lookout;
    }

    /** Server-sent events: each is all that is known of all services then. */
    @Get("/live")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live() {
        return Flux.from(lookout.views()).map(Event::of);
    }

    @Get("/history")
    @Produces(MediaType.APPLICATION_JSON)
    String history() {
        return lookout.history();
    }
}
