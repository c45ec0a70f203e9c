package dev.firn.generator.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells a person how a replay goes: each bad line with its place, and every two seconds how far it has got. */
public final class Report {
    private static final long EVERY = Duration.ofSeconds(2).toNanos();
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final long begun;
    private long told;
    private String file = "";
    private long sent;
    private long bad;

    /** Begins now.
     *
     * @param nanoTime a clock, like {@link System#nanoTime} */
    public Report(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.told = begun;
    }

    void begins(String name) {
        file = name;
    }

    void sent() {
        sent++;
    }

    void bad(long line, @Nullable String problem) {
        bad++;
        out.println(file + ":" + line + ": " + problem);
        out.flush();
    }

    /** @param done of the file, from 0 to 1, or not a number */
    void progress(long acknowledged, double done) {
        long now = nanoTime.getAsLong();
        if (now - told < EVERY) {
            return;
        }
        told = now;
        String share = Double.isNaN(done) ? "" : String.format(Locale.ROOT, " done=%.0f%%", 100 * done);
        out.println("file=" + file + share + " " + counts(acknowledged));
        out.flush();
    }

    /** How many bad lines there were. */
    public long badLines() {
        return bad;
    }

    /** All in one line. */
    public String summary(long acknowledged) {
        double seconds = (nanoTime.getAsLong() - begun) / NANOS;
        return counts(acknowledged) + String.format(Locale.ROOT, " seconds=%.1f", seconds);
    }

    private String counts(long acknowledged) {
        double seconds = Math.max(1e-3, (nanoTime.getAsLong() - begun) / NANOS);
        return String.format(
                Locale.ROOT,
                "sent=%d acknowledged=%d bad_lines=%d per_second=%.0f",
                sent,
                acknowledged,
                bad,
                sent / seconds);
    }
}
