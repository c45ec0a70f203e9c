package dev.firn.sink.config;

import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.Sink;
import dev.firn.sink.SinkPlan;
import dev.firn.sink.commit.Backoff;
import dev.firn.sink.commit.CommitListener;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sink of this process. It starts as soon as the catalog can be had, which may be later than the process. */
public final class RunningSink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningSink.class);

    private final SinkPlan plan;
    private final SchemaRegistry registry;
    private final CommitListener listener;
    private final Clock clock;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), new SplittableRandom());
    private final Thread starter = new Thread(this::start, "start");
    private volatile boolean stopping;
    private volatile @Nullable Sink sink;
    private volatile @Nullable Catalog catalog;

    RunningSink(SinkPlan plan, SchemaRegistry registry, CommitListener listener, Clock clock) {
        this.plan = plan;
        this.registry = registry;
        this.listener = listener;
        this.clock = clock;
    }

    /** Empty until the catalog could be had. */
    public Optional<Sink> sink() {
        return Optional.ofNullable(sink);
    }

    /** The catalog, to be read from; the sink closes it. Empty until it could be had. */
    public Optional<Catalog> catalog() {
        return sink().flatMap(there -> Optional.ofNullable(catalog));
    }

    public String state() {
        return stopping ? "STOPPING" : sink == null ? "STARTING" : "RUNNING";
    }

    void begin() {
        starter.start();
    }

    private void start() {
        for (int failures = 0; !stopping; failures++) {
            try {
                Catalog opened = plan.openCatalog();
                catalog = opened;
                sink = Sink.start(plan, opened, registry, listener, clock);
                LOG.info(
                        "Running catalog={} topics={}",
                        plan.catalogName(),
                        plan.lanes().topics());
                return;
            } catch (RuntimeException | Error e) {
                // the top of the thread; catalogs and their clients each throw their own
                Duration wait = backoff.wait(failures);
                LOG.warn("Catalog can't be opened, trying again in={} cause={}", wait, e.toString());
                LOG.debug("Catalog can't be opened", e);
                sleep(wait);
            }
        }
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    @Override
    public void close() {
        stopping = true;
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sink().ifPresent(Sink::close);
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                LOG.debug("Catalog not closed", e);
            }
        }
        LOG.info("Stopped");
    }
}
