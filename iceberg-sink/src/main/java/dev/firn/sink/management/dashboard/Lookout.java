package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/** Puts together what was seen of all services, and hands it to whoever listens. Safe for use by many threads. */
final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final List<Poller> pollers;
    private final Clock clock;
    private final History history;
    private final ObjectMapper json = new ObjectMapper();
    private final Sinks.Many<String> views = Sinks.many().replay().latest();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lookout");
        thread.setDaemon(true);
        return thread;
    });

    private Lookout(List<Poller> pollers, Duration interval, Clock clock) {
        this.pollers = List.copyOf(pollers);
        this.clock = clock;
        this.history = new History((int) (KEPT.toMillis() / interval.toMillis()));
    }

    /** Looks at what the pollers see from now on; they are closed with it. */
    static Lookout start(List<Poller> pollers, Duration interval, Clock clock) {
        Lookout lookout = new Lookout(pollers, interval, clock);
        var unused =
                lookout.timer.scheduleWithFixedDelay(lookout::tryLook, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return lookout;
    }

    /** Views as JSON: the latest one, and each that comes. Who is slow gets the newest only. */
    Publisher<String> views() {
        return views.asFlux().onBackpressureLatest();
    }

    /** The figures of the last quarter of an hour, as JSON. */
    String history() {
        ObjectNode kept = json.createObjectNode();
        history.writeTo(kept);
        return kept.toString();
    }

    private void tryLook() {
        try {
            look();
        } catch (RuntimeException e) {
            // the top of the thread: one look that fails must not be the last
            LOG.warn("Services can't be shown cause={}", e.toString());
        }
    }

    private void look() {
        List<Sighting> sightings = pollers.stream().map(Poller::latest).toList();
        Map<String, Double> figures = Figures.of(sightings);
        long now = clock.millis();
        history.add(now, figures);
        ObjectNode view = json.createObjectNode();
        view.put("at", now);
        ArrayNode services = view.putArray("services");
        sightings.forEach(sighting -> sighting.writeTo(services.addObject()));
        view.set("figures", json.valueToTree(figures));
        views.tryEmitNext(view.toString());
    }

    /** Ends the streams of those who listen, too, so that their connections don't hold up the server's end. */
    @Override
    public void close() {
        timer.shutdownNow();
        pollers.forEach(Poller::close);
        views.tryEmitComplete();
    }
}
