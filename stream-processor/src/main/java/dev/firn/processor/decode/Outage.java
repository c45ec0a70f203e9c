package dev.firn.processor.decode;

import dev.firn.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a registry that can't be reached. Past the limit, or once the service stops, the outage is thrown on: the
 * stream thread ends, its transaction is aborted, and another thread takes the record up again.
 *
 * @param limit well below the time after which an open transaction is aborted
 */
public record Outage(Duration limit, Duration pause, BooleanSupplier stopping) {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** The answer, whenever it comes. */
    public <T> T ride(Supplier<T> question) {
        long start = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (RegistryUnavailableException e) {
                if (stopping.getAsBoolean() || System.nanoTime() - start > limit.toNanos()) {
                    throw e;
                }
                LOG.warn("registry unavailable, waiting pause={} cause=\"{}\"", pause, e.getMessage());
                sleep(e);
            }
        }
    }

    private void sleep(RegistryUnavailableException cause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
