package dev.firn.sink.consume;

import java.util.List;

/** Which table a topic becomes, or which tables. */
@FunctionalInterface
public interface Routes {
    /** The same for a topic, always. */
    Target target(String topic);

    /** Tables that take a share of a topic, beside its {@link #target}. */
    default List<Target> others() {
        return List.of();
    }
}
