package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.display.Amounts;
import dev.firn.local.display.Display;
import dev.firn.local.status.Observation;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Shows what the services do, once a second, and notices the end. */
public final class Watch {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private final Place place;
    private final UpOptions options;
    private final Services services;
    private final Fleet fleet;
    private final Display display;
    private final LiveView view = new LiveView(Clock.systemUTC());
    private final Drain drain = new Drain();
    private final Course course = new Course();
    private boolean paused;

    public Watch(Place place, UpOptions options, Services services, Fleet fleet, Display display) {
        this.place = place;
        this.options = options;
        this.services = services;
        this.fleet = fleet;
        this.display = display;
    }

    /**
     * Returns the exit code once everything is committed; without an end in the options, never.
     *
     * @param first what was seen when the generator began
     */
    public int untilEnd(Observation first) throws IOException, InterruptedException {
        var before = first;
        while (true) {
            Thread.sleep(BEAT.toMillis());
            throwIfDead();
            var now = services.observe();
            display.now(view.lines(before, now, first.nanos()));
            before = now;
            if (options.ends()) {
                course.add(now);
                if (isOver(now, first)) {
                    return end(first, now);
                }
            }
        }
    }

    private boolean isOver(Observation now, Observation first) throws IOException, InterruptedException {
        if (options.time()
                        .filter(time -> now.nanos() - first.nanos() >= time.toNanos())
                        .isPresent()
                && !paused) {
            services.pauseGenerator();
            paused = true;
        }
        var over = drain.isCompleteWith(now);
        if (drain.standstill(now.nanos()).compareTo(STANDSTILL) > 0) {
            throw new CommandException("nothing has moved for %s, and not everything is committed (%s): see firn logs"
                    .formatted(Amounts.seconds(STANDSTILL), missing(now)));
        }
        return over;
    }

    private int end(Observation first, Observation last) throws IOException, InterruptedException {
        display.now(List.of());
        Summary.lines(first, last, course).forEach(display::say);
        return options.verify() ? new Proof(place, display).exitCode() : 0;
    }

    /** Nothing depends on the SQL engine: what a question has done to it must not end the rest. */
    private void throwIfDead() throws IOException {
        var dead = fleet.dead();
        if (dead.isPresent() && dead.get().role() != Role.QUERY) {
            throw new DeadChildException(dead.get());
        }
        if (dead.isPresent()) {
            fleet.startAgain(Role.QUERY);
        }
    }

    private static String missing(Observation now) {
        return "generator %s, processor lag %s, sink lag %s"
                .formatted(
                        now.generator().map(status -> status.state()).orElse("silent"),
                        now.processor()
                                .map(status -> Amounts.count(status.lag()))
                                .orElse("unknown"),
                        now.sink().map(status -> Amounts.count(status.lag())).orElse("unknown"));
    }
}
