package dev.firn.sink.management.dashboard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one service again and again, in a thread of its own, so that none waits for another. */
final class Poller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private final Probe.Place place;
    private final Probe probe;
    private final Duration interval;
    private final Clock clock;
    private final Thread thread;
    private volatile Sighting latest;

    private Poller(Probe.Place place, Probe probe, Duration interval, Clock clock) {
        this.place = place;
        this.probe = probe;
        this.interval = interval;
        this.clock = clock;
        this.latest = Sighting.none(place);
        this.thread = new Thread(this::run, "look-" + place.role());
        thread.setDaemon(true);
    }

    static Poller start(Probe.Place place, Probe probe, Duration interval, Clock clock) {
        Poller poller = new Poller(place, probe, interval, clock);
        poller.thread.start();
        return poller;
    }

    /** What was seen last. */
    Sighting latest() {
        return latest;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(interval.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("No more looks at={}", place.address());
        }
    }

    private void look() throws InterruptedException {
        try {
            latest = latest.answered(probe.ask(), clock.instant());
        } catch (IOException e) {
            latest = latest.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the top of the thread: whatever one look meets, the next one may not
            LOG.debug("Look failed at={}", place.address(), e);
            latest = latest.failed(e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
