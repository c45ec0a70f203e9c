package dev.firn.generator;

import dev.firn.generator.publish.Controls;
import dev.firn.generator.publish.Progress;
import dev.firn.generator.publish.Publisher;
import dev.firn.generator.publish.State;
import dev.firn.generator.truth.Truth;
import dev.firn.generator.truth.TruthJson;
import dev.firn.generator.truth.TruthKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generator at work on a thread of its own. Its methods are safe from any thread. */
public final class Generator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generator.class);
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(5);
    private static final Duration PATIENCE = LAST_DELIVERIES.plusSeconds(3);

    private final Setup setup;
    private final Controls controls;
    private final Thread thread;
    private volatile @Nullable Publisher publisher;
    private volatile @Nullable String failure;

    public Generator(Setup setup, Controls controls) {
        this.setup = setup;
        this.controls = controls;
        this.thread = new Thread(this::run, "generator");
    }

    public void start() {
        thread.start();
    }

    public Controls controls() {
        return controls;
    }

    public Progress progress() {
        Publisher current = publisher;
        Progress progress =
                current == null ? new Progress(State.RESUMING, 0, 0, controls.rate(), null, null) : current.progress();
        return failure == null ? progress : progress.failed(failure);
    }

    public Truth truth() {
        Publisher current = publisher;
        return current == null ? new TruthKeeper(setup.knobs().seed(), 1, setup.grace()).truth(false) : current.truth();
    }

    /** Waits until it has ended by itself: done, or failed. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Stops, and waits a few seconds for what is on its way. */
    @Override
    public void close() {
        controls.stop();
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Publisher connected = new Assembly(setup, controls).connected();
            publisher = connected;
            work(connected);
        } catch (InterruptedException | InterruptException e) {
            LOG.info("interrupted");
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // the thread's top: what comes here ends the work, and shows in status and health
            failure = String.valueOf(e.getMessage());
            LOG.error("failed", e);
        }
    }

    private void work(Publisher connected) throws InterruptedException {
        try {
            connected.run(setup.events(), this::keep);
        } finally {
            keep(connected.end(LAST_DELIVERIES));
            LOG.info(
                    "ended state={} sent={}",
                    connected.progress().state(),
                    connected.progress().sent());
        }
    }

    private void keep(Truth truth) {
        if (setup.truthFile() == null) {
            return;
        }
        try {
            TruthJson.write(truth, setup.truthFile());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the truth file", e);
        }
    }
}
