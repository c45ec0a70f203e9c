package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What windows of some kind need to know of events. Not for several threads. */
interface Facts {
    Panes panes();

    /** What the event counts by; null if it counts nowhere. */
    @Nullable
    Bytes dimensions(Activity event);

    /** Those whose events a row depends on together have the same. */
    byte[] route(byte[] dimensions);

    /** Adds an event to a chunk of the same pane and dimensions.
     *
     * @param number of events that the chunk then has
     */
    void add(Activity event, int number, Packer chunk);

    /** So many events fit into a chunk. */
    int perChunk();
}
