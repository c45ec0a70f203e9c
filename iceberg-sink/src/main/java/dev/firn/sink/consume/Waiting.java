package dev.firn.sink.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Since when a table has waited for something, and nothing of it was committed. For one thread. */
final class Waiting {
    /** Between two tries that fail there may be nothing to wait for; when it is over, it is so for longer. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private boolean waits;
    private @Nullable Instant since;
    private @Nullable Instant calmSince;

    /** How it is now. */
    void look(Instant now, boolean waitsNow) {
        waits = waitsNow;
        if (waits) {
            since = since == null ? now : since;
            calmSince = null;
        } else if (calmSince == null) {
            calmSince = now;
        } else if (!now.isBefore(calmSince.plus(CALM))) {
            since = null;
        }
    }

    /** The table got on. */
    void committed() {
        since = null;
    }

    /** Empty while it waits for nothing. */
    Optional<Instant> since() {
        return waits ? Optional.ofNullable(since) : Optional.empty();
    }
}
