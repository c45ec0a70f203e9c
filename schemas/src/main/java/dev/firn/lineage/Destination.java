package dev.firn.lineage;

import java.io.IOException;

/** Takes events, one at a time, from one thread. */
interface Destination {
    /** Returns when the event is taken.
     *
     * @param event JSON, without line breaks
     */
    void take(String event) throws IOException, InterruptedException;
}
