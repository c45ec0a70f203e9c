package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Packer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** Of each event its dwell and session, by minute, event type, country and device. */
final class MinuteFacts implements Facts {
    static final Panes PANES = Panes.tumbling(Duration.ofMinutes(1));

    private static final int PER_CHUNK = 32;

    private final Packer packer = new Packer();

    @Override
    public Panes panes() {
        return PANES;
    }

    @Override
    public Bytes dimensions(Activity event) {
        return new Dimensions(event.eventType(), event.country(), event.deviceType()).pack(packer);
    }

    @Override
    public void add(Activity event, Packer chunk) {
        FactChunk.add(event.dwellMillis(), event.sessionId(), chunk);
    }

    @Override
    public int perChunk() {
        return PER_CHUNK;
    }

    @Override
    public List<byte[]> merged(List<byte[]> chunks) {
        return chunks;
    }
}
