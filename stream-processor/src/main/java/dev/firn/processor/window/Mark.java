package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import java.util.Comparator;
import org.apache.avro.util.Utf8;

/** An event's place in the order of its session: by event time, then by id. */
record Mark(long time, Utf8 eventId) implements Comparable<Mark> {
    private static final Comparator<Mark> ORDER =
            Comparator.comparingLong(Mark::time).thenComparing(Mark::eventId);

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }

    void pack(Packer out) {
        out.putLong(time);
        Utf8s.put(eventId, out);
    }

    static Mark unpack(Unpacker in) {
        return new Mark(in.takeLong(), Utf8s.take(in));
    }
}
