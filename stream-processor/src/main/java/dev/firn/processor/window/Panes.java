package dev.firn.processor.window;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How event time is cut: into panes, each as long as windows are apart.
 *
 * @param pane in microseconds; begins at whole multiples
 * @param window how many panes a window has
 */
public record Panes(long pane, int window) {
    static Panes tumbling(Duration length) {
        return new Panes(TimeUnit.NANOSECONDS.toMicros(length.toNanos()), 1);
    }

    static Panes hopping(Duration length, Duration hop) {
        return new Panes(TimeUnit.NANOSECONDS.toMicros(hop.toNanos()), (int) length.dividedBy(hop));
    }

    /** Beginning of the pane that the time is in. */
    long start(long time) {
        return Math.floorDiv(time, pane) * pane;
    }

    /** Beginning of the window that ends then. */
    long windowStart(long end) {
        return end - pane * window;
    }
}
