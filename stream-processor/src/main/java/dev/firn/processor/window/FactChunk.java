package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import org.apache.avro.util.Utf8;

/** Some events of the same minute and dimensions: the dwell and the session of each. */
final class FactChunk {
    /** Receives the facts of one event. */
    interface Fold {
        void fact(long dwellMillis, Utf8 session);
    }

    private final byte[] facts;

    private FactChunk(byte[] facts) {
        this.facts = facts;
    }

    static FactChunk of(byte[] facts) {
        return new FactChunk(facts);
    }

    static void add(long dwellMillis, Utf8 session, Packer to) {
        to.putLong(dwellMillis).putBytes(session.getBytes(), session.getByteLength());
    }

    void fold(Fold fold) {
        Unpacker in = new Unpacker(facts);
        while (in.hasMore()) {
            long dwell = in.takeLong();
            fold.fact(dwell, new Utf8(in.takeBytes()));
        }
    }

    int size() {
        int[] size = {0};
        fold((dwell, session) -> size[0]++);
        return size[0];
    }
}
