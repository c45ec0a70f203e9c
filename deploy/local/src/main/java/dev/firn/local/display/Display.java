package dev.firn.local.display;

import java.util.List;

/** Where progress is shown. For one thread at a time. */
public interface Display {
    /** A line that stays. */
    void say(String line);

    /** What goes on now; the next call takes its place where that can be done. */
    void now(List<String> lines);

    /** As {@link #now}, of something that is not worth a line each time. */
    default void waiting(String line) {
        now(List.of(line));
    }

    /** For the terminal or the file that standard output is. */
    static Display ofStandardOutput() {
        return Boolean.getBoolean("firn.terminal")
                ? new TerminalDisplay(System.out)
                : new PlainDisplay(System.out, System::nanoTime);
    }
}
