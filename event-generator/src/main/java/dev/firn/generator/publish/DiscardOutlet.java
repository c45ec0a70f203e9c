package dev.firn.generator.publish;

import java.time.Duration;

/** Acknowledges everything and keeps nothing: to see what making the events costs, or just their truth. */
public final class DiscardOutlet implements Outlet {
    @Override
    public void send(Delivery delivery) {
        delivery.acknowledge();
    }

    @Override
    public void flush() {
        // nothing is ever on its way
    }

    @Override
    public void close(Duration atMost) {
        // holds nothing
    }
}
