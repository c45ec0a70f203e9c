package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;

/** Asks one service how it stands. */
interface Probe {
    /** Which service: what it is, and where it listens. */
    record Place(String role, URI address) {}

    /** What a service said.
     *
     * @param status as its {@code /status} tells
     * @param memory bytes that its JVM uses; -1 if it does not say
     */
    record Said(JsonNode status, long memory) {}

    /** Asks now.
     *
     * @throws IOException if the service does not answer as it should; the message says how, for people */
    Said ask() throws IOException, InterruptedException;
}
