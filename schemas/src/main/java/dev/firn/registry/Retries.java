package dev.firn.registry;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after how long, to ask again when the registry could not be asked.
 *
 * @param attempts in all, 1 or more
 * @param backoff upper bound of the pause after the first attempt; it doubles with each further one
 * @param maxBackoff upper bound of every pause
 */
public record Retries(int attempts, Duration backoff, Duration maxBackoff) {
    public static final Retries DEFAULT = new Retries(4, Duration.ofMillis(100), Duration.ofSeconds(2));

    public Retries {
        if (attempts < 1) {
            throw new ConfigurationException("registry retries: attempts must be 1 or more, not " + attempts);
        }
        if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new ConfigurationException(
                    "registry retries: backoff " + backoff + " up to " + maxBackoff + " is no range");
        }
    }

    /** Between nothing and the bound, so that clients which failed together don't come back together. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
        double doubled = (double) backoff.toNanos() * Math.pow(2, attempt - 1);
        double bound = Math.min(doubled, (double) maxBackoff.toNanos());
        return Duration.ofNanos((long) (bound * random.nextDouble()));
    }
}
