package dev.firn.generator.publish;

import java.time.Duration;

/** Where events go. */
public interface Outlet {
    /** Sends; what has come of it is told to the delivery, in the partition's order. Waits while too much is on its way. */
    void send(Delivery delivery);

    /** Waits until everything sent is decided. */
    void flush();

    /** Waits at most this long for what is on its way, then gives up on it. */
    void close(Duration atMost);
}
