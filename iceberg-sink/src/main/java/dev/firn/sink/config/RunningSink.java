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

/** The sink of this process. It starts as soon as the catalog can be had, which may be later than the process. What fails is tried again. */
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

    /** Whether the catalog could be had, if no more. */
    public boolean hasCatalog() {
        return catalog != null;
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
                sink = Sink.start(plan, opened(), registry, listener, clock);
                LOG.info(
                        "Running catalog={} topics={}",
                        plan.catalogName(),
                        plan.lanes().topics());
                return;
            } catch (RuntimeException | Error e) {
                // the top of the thread; catalogs and their clients each throw their own
                Duration wait = backoff.wait(failures);
                String what = hasCatalog() ? "Sink can't be started" : "Catalog can't be opened";
                LOG.warn("{}, trying again in={} cause={}", what, wait, e.toString());
                LOG.debug(what, e);
                sleep(wait);
            }
        }
    }

    /** The catalog; the one that was opened for a start that failed, if there is one. */
    private Catalog opened() {
        Catalog open = catalog;
        if (open == null) {
            open = plan.openCatalog();
            catalog = open;
        }
        return open;
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
