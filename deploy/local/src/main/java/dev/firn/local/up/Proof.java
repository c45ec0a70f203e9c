package dev.firn.local.up;

import dev.firn.local.Place;
import dev.firn.local.display.Display;
import dev.firn.local.query.ReconcileCommand;
import dev.firn.local.query.Truth;
import dev.firn.local.query.Verification;
import dev.firn.sink.reconcile.ReportText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;

/** Compares what the tables hold with what was produced, and with what Kafka holds. The services still run, all at rest. */
record Proof(Place place, Display display) {

    /** The exit code: 0 where nothing differs. */
    int exitCode() throws IOException, InterruptedException {
        display.say("");
        var equal = equalsTruth();
        var exact = isExact();
        return equal && exact ? 0 : 1;
    }

    private boolean equalsTruth() throws IOException, InterruptedException {
        var truth = Truth.read(URI.create("http://127.0.0.1:" + place.ports().generator() + "/truth"));
        var verdict = Verification.of(place.dataDir(), truth);
        verdict.differences().forEach(difference -> display.say("  " + difference.text()));
        display.say(verdict.summary());
        return verdict.holds();
    }

    private boolean isExact() throws IOException {
        var report = ReconcileCommand.report(place.dataDir());
        var text = new StringWriter();
        ReportText.print(report, new PrintWriter(text));
        text.toString().lines().forEach(display::say);
        return report.exact();
    }
}
