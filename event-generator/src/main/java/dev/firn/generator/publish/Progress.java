package dev.firn.generator.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far it has got.
 *
 * @param sent events of the main sequence handed to Kafka, by this or an earlier process
 * @param acknowledged of these, counted up to the first that is not
 * @param rate events per second wanted, 0 for as fast as can be
 * @param simulatedTime of the last event
 * @param failure why it can't go on, if so
 */
public record Progress(
        State state,
        long sent,
        long acknowledged,
        double rate,
        @Nullable Instant simulatedTime,
        @Nullable String failure) {

    /** The same, but it can't go on. */
    public Progress failed(String reason) {
        return new Progress(State.FAILED, sent, acknowledged, rate, simulatedTime, reason);
    }
}
