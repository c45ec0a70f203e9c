package dev.firn.generator.sequence;

import dev.firn.generator.disturb.Shares;
import java.time.Duration;
import java.time.Instant;

/**
 * What the sequence follows from, all of it. Two runs with equal knobs produce the same records.
 *
 * @param start simulated time of event 0
 * @param step simulated time from one event to the next
 * @param customers how many have an account from the beginning
 * @param products how many are sold
 * @param skew Zipf exponent of customers and products
 * @param mix which part of the events goes to each topic
 */
public record Knobs(
        long seed, Instant start, Duration step, int customers, int products, double skew, Shares shares, Mix mix) {
    /** With the usual mix. */
    public Knobs(long seed, Instant start, Duration step, int customers, int products, double skew, Shares shares) {
        this(seed, start, step, customers, products, skew, shares, Mix.usual());
    }

    public Knobs {
        if (step.compareTo(Duration.ofNanos(1_000)) < 0 || step.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("step: must be from 1 µs to 1 h, is " + step);
        }
        if (customers < 1 || products < 1) {
            throw new IllegalArgumentException("customers and products: must be at least 1");
        }
    }
}
