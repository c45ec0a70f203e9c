package dev.firn.local.up;

import dev.firn.local.Place;
import dev.firn.local.display.Display;

/** Compares the tables with the generator's truth, and with Kafka. */
final class Verdict {
    private Verdict() {}

    /** The exit code: 0 where nothing differs. */
    static int of(Place place, Display display) {
        display.say("(verification of " + place.dataDir() + " comes with the query commands)");
        return 1;
    }
}
