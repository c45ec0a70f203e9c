package dev.firn.lineage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events over from a thread of its own, so that whoever tells them never waits and never fails for it. Where they come faster
 * than they are taken, or are not taken, they are dropped, and counted. Safe for several threads.
 */
public final class Lineage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);
    private static final int WAITING = 1_000;
    private static final long POLL_MILLIS = 100;
    private static final long CLOSE_MILLIS = 2_000;

    private final String namespace;
    private final String producer;
    private final Destination destination;
    private final BlockingQueue<RunEvent> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread = new Thread(this::run, "lineage");
    private volatile boolean closing;
    /** Said once, until one is taken again. */
    private boolean failing;

    /** Begins to post events to an endpoint.
     *
     * @param namespace of all jobs
     * @param producer a URI that identifies the program
     */
    public static Lineage toEndpoint(URI endpoint, String namespace, String producer) {
        return new Lineage(namespace, producer, new EventEndpoint(endpoint));
    }

    /** Begins to append events to a file, one a line. */
    public static Lineage toFile(Path file, String namespace, String producer) {
        return new Lineage(namespace, producer, new EventFile(file));
    }

    Lineage(String namespace, String producer, Destination destination) {
        this.namespace = namespace;
        this.producer = producer;
        this.destination = destination;
        thread.setDaemon(true);
        thread.start();
    }

    /** Never waits. */
    public void tell(RunEvent event) {
        if (closing || !waiting.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    /** Events that were taken. */
    public long sent() {
        return sent.get();
    }

    /** Events that were not. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                RunEvent next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropped.addAndGet(waiting.size());
    }

    private void send(RunEvent event) throws InterruptedException {
        try {
            destination.take(event.json(namespace, producer));
            sent.incrementAndGet();
            failing = false;
        } catch (InterruptedException e) {
            dropped.incrementAndGet();
            throw e;
        } catch (IOException | RuntimeException e) {
            // nothing that an event is made of may end this thread
            dropped.incrementAndGet();
            if (!failing) {
                LOG.warn("Lineage is not taken cause={}", e.toString());
            }
            failing = true;
        }
    }

    /** Waits two seconds for what has been told to be taken. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
