package dev.firn.local.status;

/**
 * How far the generator is.
 *
 * @param state RUNNING, PAUSED, DONE or RESUMING
 * @param sent records of the main sequence
 * @param acknowledged those of them that Kafka holds
 */
public record GeneratorStatus(String state, long sent, long acknowledged) {
    /** Whether it sends no more, and nothing is under way. */
    public boolean quiet() {
        return (state.equals("DONE") || state.equals("PAUSED")) && sent == acknowledged;
    }
}
