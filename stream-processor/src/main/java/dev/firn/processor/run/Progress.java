package dev.firn.processor.run;

import dev.firn.processor.count.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the application is. Kafka is asked at most twice a second, whoever wants to know. Safe for several threads. */
public final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final String TIMEOUT_MILLIS = "3000";

    private final Admin admin;
    private final LagMeter meter;
    private final Supplier<List<Group>> groups;
    private final Tally tally;
    private final Clock clock;
    private final Duration settling;
    private @Nullable Lag lag;
    private long committed = -1;
    private Instant measuredAt = Instant.EPOCH;
    private Instant movedAt;
    private Instant waitedAt;

    /** @param groups of all applications that run, at any time */
    public Progress(EngineConfig config, Supplier<List<Group>> groups, Tally tally, Clock clock) {
        Map<String, Object> clients = new HashMap<>(config.clients());
        clients.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        clients.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.admin = Admin.create(clients);
        this.meter = new LagMeter(admin);
        this.groups = groups;
        this.tally = tally;
        this.clock = clock;
        this.settling = config.commitInterval().multipliedBy(2).plusSeconds(1);
        this.movedAt = clock.instant();
        this.waitedAt = clock.instant();
    }

    /** The lag, or empty while Kafka can't be asked or the topics are not there. */
    public synchronized Optional<Lag> lag() {
        Instant now = clock.instant();
        if (Duration.between(measuredAt, now).compareTo(FRESH) >= 0) {
            lag = measure();
            measuredAt = now;
            note(now);
        }
        return Optional.ofNullable(lag);
    }

    private @Nullable Lag measure() {
        try {
            return meter.measure(groups.get());
        } catch (KafkaException e) {
            LOG.debug("lag unknown", e);
            return null;
        }
    }

    private void note(Instant now) {
        if (lag != null && (lag.total() == 0 || lag.committed() != committed)) {
            committed = lag.committed();
            movedAt = now;
        }
        if (isAnythingHeld()) {
            waitedAt = now;
        }
    }

    /** Whether all that has come in is processed, and all that follows from it is committed. */
    public synchronized boolean isDrained() {
        Optional<Lag> now = lag();
        return now.isPresent()
                && now.get().total() == 0
                && now.get().outputsSettled()
                && !isAnythingHeld()
                // what was let go just now may still be on its way
                && Duration.between(waitedAt, clock.instant()).compareTo(settling) > 0;
    }

    /** Records that wait for others, or totals for their time to be sent. */
    private boolean isAnythingHeld() {
        return tally.waiting().get() > 0 || tally.unsent().get() > 0;
    }

    /** How long nothing has been committed although there is something to do. */
    public synchronized Duration stuckFor() {
        lag();
        return Duration.between(movedAt, clock.instant());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
