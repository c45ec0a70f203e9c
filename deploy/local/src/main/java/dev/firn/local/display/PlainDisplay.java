package dev.firn.local.display;

import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/** Lines, one below the other; of what goes on now only the first. */
final class PlainDisplay implements Display {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final LongSupplier nanos;
    private long waitingSince;

    PlainDisplay(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        waitingSince = nanos.getAsLong();
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void now(List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(lines.get(0));
        }
    }

    @Override
    public void waiting(String line) {
        var now = nanos.getAsLong();
        if (now - waitingSince >= PAUSE_NANOS) {
            waitingSince = now;
            out.println(line);
        }
    }
}
