package dev.firn.local.supervise;

import java.util.List;
import java.util.Locale;

/** The processes that make up one Firn, in the order in which they start. */
public enum Role {
    INFRA("the infrastructure", "-Xmx1g"),
    GENERATOR("the generator", "-Xmx512m"),
    PROCESSOR("the processor", "-Xmx1g"),
    SINK("the sink", "-Xmx1g");

    /** Who hands over stops before who takes in. */
    static final List<Role> STOP_ORDER = List.of(GENERATOR, PROCESSOR, SINK, INFRA);

    private final String inWords;
    private final String heap;

    Role(String inWords, String heap) {
        this.inWords = inWords;
        this.heap = heap;
    }

    /** As in a sentence. */
    public String inWords() {
        return inWords;
    }

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Modest ones, for a machine that runs them all; what the environment adds comes later and wins. */
    List<String> jvmOptions() {
        return List.of(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    /** More options for this process, from the environment. */
    String optionsVariable() {
        return "FIRN_" + name() + "_JAVA_OPTS";
    }
}
