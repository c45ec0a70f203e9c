package dev.firn.generator.config;

import dev.firn.config.ConfigurationException;
import dev.firn.generator.Setup;
import dev.firn.generator.disturb.Shares;
import dev.firn.generator.publish.Shape;
import dev.firn.generator.publish.Topics;
import dev.firn.generator.sequence.Knobs;
import dev.firn.generator.sequence.Mix;
import dev.firn.registry.RegistryConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.generator.}: see the module's README for each. Those down to {@code mix} decide what
 * the events are, so they have to stay as they are for as long as the topics are kept.
 */
@ConfigurationProperties("firn.generator")
public record GeneratorSettings(
        @Bindable(defaultValue = "7") long seed,
        @Bindable(defaultValue = "2026-01-01T00:00:00Z") String start,
        @Bindable(defaultValue = "60") double speedUp,
        @Bindable(defaultValue = "2000") double nominalRate,
        @Bindable(defaultValue = "1000") int customers,
        @Bindable(defaultValue = "120") int products,
        @Bindable(defaultValue = "0.8") double skew,
        @Bindable(defaultValue = "0.01") double late,
        @Bindable(defaultValue = "0.005") double duplicates,
        @Bindable(defaultValue = "0.02") double outOfOrder,
        @Bindable(defaultValue = "0.005") double broken,
        @Bindable(defaultValue = "0.002") double undecodable,
        @Bindable(defaultValue = "") String mix,
        @Bindable(defaultValue = "2000") double rate,
        @Bindable(defaultValue = "0") long events,
        @Bindable(defaultValue = "steady") String shape,
        @Bindable(defaultValue = "5m") Duration grace,
        @Bindable(defaultValue = "4") int partitions,
        @Bindable(defaultValue = "0") int replication,
        @Bindable(defaultValue = "7d") Duration retention,
        @Nullable String truthFile) {
    private static final double MICROS = 1e6;
    private static final double LONGEST_STEP = 3_600 * MICROS;

    /** Checks each key. */
    public GeneratorSettings {
        Check.that(speedUp > 0, "speed-up", "above 0", speedUp);
        Check.that(nominalRate > 0, "nominal-rate", "above 0", nominalRate);
        double step = speedUp / nominalRate * MICROS;
        Check.that(step >= 1 && step <= LONGEST_STEP, "speed-up", "from 1e-6 to 3600 times nominal-rate", speedUp);
        Check.that(customers > 0, "customers", "at least 1", customers);
        Check.that(products > 0, "products", "at least 1", products);
        Check.that(skew >= 0 && skew <= 10, "skew", "from 0 to 10", skew);
        Check.share("late", late);
        Check.share("duplicates", duplicates);
        Check.share("out-of-order", outOfOrder);
        Check.share("broken", broken);
        Check.share("undecodable", undecodable);
        Check.that(late + outOfOrder <= 1, "late", "with out-of-order at most 1", late);
        Check.that(broken + undecodable <= 1, "broken", "with undecodable at most 1", broken);
        Check.that(rate >= 0, "rate", "0 or more", rate);
        Check.that(events >= 0, "events", "0 or more", events);
        Check.that(!grace.isNegative(), "grace", "0 or more", grace);
        Check.that(partitions > 0, "partitions", "at least 1", partitions);
        Check.that(replication >= 0 && replication <= Short.MAX_VALUE, "replication", "0 or more", replication);
        Check.that(retention.toMillis() > 0, "retention", "above 0", retention);
        shape(shape);
        start(start);
        mix(mix);
    }

    /** All of it, with how to reach the servers. */
    public Setup setup(Map<String, String> kafka, RegistryConfig registry) {
        return new Setup(
                knobs(),
                events,
                shape(shape),
                grace,
                new Topics(partitions, replication, retention),
                truthFile == null || truthFile.isBlank() ? null : Path.of(truthFile),
                kafka,
                registry);
    }

    private Knobs knobs() {
        Duration step = Duration.ofNanos(Math.round(speedUp / nominalRate * MICROS) * 1_000);
        Shares shares = new Shares(late, duplicates, outOfOrder, broken, undecodable);
        return new Knobs(seed, start(start), step, customers, products, skew, shares, mix(mix));
    }

    private static Mix mix(String text) {
        try {
            return Mix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("firn.generator.mix: " + e.getMessage());
        }
    }

    private static Shape shape(String text) {
        try {
            return Shape.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "firn.generator.shape: must be steady, bursts, diurnal or ramp, is " + text);
        }
    }

    private static Instant start(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ConfigurationException("firn.generator.start: must be like 2026-01-01T00:00:00Z, is " + text);
        }
    }
}
