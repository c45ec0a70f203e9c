package dev.firn.generator.publish;

/**
 * Where the generator stands.
 *
 * <pre>
 * RESUMING -> RUNNING &lt;-> PAUSED
 *                | -> DONE       every event asked for is acknowledged
 * any -> STOPPED                 asked to end
 * any -> FAILED                  can't go on
 * </pre>
 */
public enum State {
    /** Waits for Kafka and registry, then goes over what is in Kafka already. */
    RESUMING,
    RUNNING,
    PAUSED,
    DONE,
    STOPPED,
    FAILED
}
