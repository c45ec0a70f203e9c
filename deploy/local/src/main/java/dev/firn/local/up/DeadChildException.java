package dev.firn.local.up;

import dev.firn.local.supervise.Child;
import java.util.List;

/** A process has ended that should run, or does not get ready. */
public final class DeadChildException extends RuntimeException {
    private static final int LINES = 12;

    private final transient List<String> lastLines;

    public DeadChildException(Child child) {
        this(child, "has ended (exit code " + child.exitCode().orElse(-1) + ")");
    }

    public DeadChildException(Child child, String what) {
        super(child.role().inWords() + " " + what + "; firn logs "
                + child.role().label() + " shows why");
        lastLines = child.lastLines(LINES);
    }

    /** What it said last. */
    public List<String> lastLines() {
        return lastLines;
    }
}
