package dev.firn.local.up;

import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.query.Truth;
import dev.firn.local.query.Verification;
import java.io.IOException;
import java.net.URI;

/** Compares what the tables hold with what was produced. */
final class Proof {
    private Proof() {}

    /** The exit code: 0 where nothing differs. The generator still runs, and nothing is under way. */
    static int of(Place place, Display display) throws IOException, InterruptedException {
        var truth = Truth.read(URI.create("http://127.0.0.1:" + place.ports().generator() + "/truth"));
        var verdict = Verification.of(place.dataDir(), truth);
        verdict.differences().forEach(difference -> display.say("  " + difference.text()));
        display.say(verdict.summary());
        return verdict.holds() ? 0 : 1;
    }
}
