package dev.firn.sink.consume;

import java.util.random.RandomGenerator;

/** How often what fails, in thousandths. Switched off to drain. */
final class SimChaos {
    static final int STORAGE = 15;
    static final int REGISTRY = 15;
    static final int CATALOG = 150;

    private boolean on = true;

    void off() {
        on = false;
    }

    boolean isOn() {
        return on;
    }

    boolean strikes(int perMille, RandomGenerator random) {
        return on && random.nextInt(1000) < perMille;
    }

    void maybe(int perMille, RandomGenerator random) {
        if (strikes(perMille, random)) {
            throw new IllegalStateException("simulated");
        }
    }
}
