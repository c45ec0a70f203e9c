package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What windows of some kind need to know of events. Not for several threads. */
interface Facts {
    Panes panes();

    /** What the event counts by; null if it counts nowhere. No row depends on events of others. */
    @Nullable
    Bytes dimensions(Activity event);

    /** Adds an event to a chunk of the same pane and dimensions. */
    void add(Activity event, Packer chunk);

    /** So many events fit into a chunk. */
    int perChunk();

    /** What is sent of a pane that has closed.
     *
     * @param chunks all those of the same dimensions, in order
     */
    List<byte[]> merged(List<byte[]> chunks);
}
