package dev.firn.sink.consume;

/** Which table a topic becomes. */
@FunctionalInterface
public interface Routes {
    /** The same for a topic, always. */
    Target target(String topic);
}
