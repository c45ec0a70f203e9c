package dev.firn.local.supervise;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The processes that can make up one Firn, in the order in which they start. */
public enum Role {
    INFRA("the infrastructure", "-Xmx1g"),
    KAFKA("Kafka", "-Xmx1g"),
    REGISTRY("the schema registry", "-Xmx64m"),
    S3("the S3 server", "-Xmx512m"),
    CATALOG("the catalog", "-Xmx256m"),
    GENERATOR("the generator", "-Xmx1g"),
    PROCESSOR("the processor", "-Xmx1g"),
    SINK("the sink", "-Xmx1g"),
    SINK2("the other sink", "-Xmx1g"),
    QUERY("the SQL engine", "-Xmx256m");

    /** Those of {@code firn up}. */
    public static final List<Role> USUAL = List.of(INFRA, GENERATOR, PROCESSOR, SINK, QUERY);

    /** The infrastructure, each server a process of its own. */
    public static final List<Role> SERVERS = List.of(KAFKA, REGISTRY, S3, CATALOG);

    /** Who hands over stops before who takes in. */
    static final List<Role> STOP_ORDER =
            List.of(GENERATOR, PROCESSOR, QUERY, SINK, SINK2, CATALOG, S3, REGISTRY, KAFKA, INFRA);

    private final String inWords;
    private final String heap;

    Role(String inWords, String heap) {
        this.inWords = inWords;
        this.heap = heap;
    }

    /**
     * One of these by its {@link #label()}.
     *
     * @throws TypeConversionException if there is none, in words for who typed it
     */
    public static Role named(String label, Collection<Role> roles) {
        return roles.stream()
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'%s' is not one of %s"
                        .formatted(label, roles.stream().map(Role::label).collect(Collectors.joining(", ")))));
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
