package dev.firn.processor.dimension;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@value #MOST} updates of one entity by their time, whatever the order in which they came, and the versions that
 * follow from them. Of two updates of one time, the one that came last holds. Not for several threads.
 */
final class Updates {
    /** Bounds what is kept of each entity: an update that is older than all of these can't be placed any more. */
    static final int MOST = 64;

    private final NavigableMap<Long, Bytes> byTime = new TreeMap<>();
    /** The newest time of which an update was forgotten. */
    private long forgottenUntil = Long.MIN_VALUE;
    /** Of the oldest version that is known. */
    private int firstNumber = 1;

    /** @param packed by {@link #pack}; null for an entity that is new */
    static Updates of(byte @Nullable [] packed) {
        Updates updates = new Updates();
        if (packed != null) {
            updates.unpack(new Unpacker(packed));
        }
        return updates;
    }

    /** Whether an update of this time can be placed among the others. */
    boolean canPlace(long time) {
        return time > forgottenUntil;
    }

    /** Whether none is later. */
    boolean isNewest(long time) {
        return byTime.lastKey() == time;
    }

    void put(long time, Bytes attributes) {
        byTime.put(time, attributes);
    }

    /** In order; an update that changes nothing makes none. */
    List<Version> versions() {
        List<Version> versions = new ArrayList<>();
        long from = 0;
        Bytes held = null;
        for (Map.Entry<Long, Bytes> update : byTime.entrySet()) {
            if (update.getValue().equals(held)) {
                continue;
            }
            if (held != null) {
                versions.add(new Version(firstNumber + versions.size(), from, update.getKey(), held));
            }
            from = update.getKey();
            held = update.getValue();
        }
        if (held != null) {
            versions.add(new Version(firstNumber + versions.size(), from, Version.OPEN, held));
        }
        return versions;
    }

    /** Forgets the oldest, if there are too many. What their versions were is settled. */
    void forget() {
        while (byTime.size() > MOST) {
            Map.Entry<Long, Bytes> oldest = byTime.pollFirstEntry();
            Map.Entry<Long, Bytes> next = byTime.firstEntry();
            forgottenUntil = next.getKey();
            if (next.getValue().equals(oldest.getValue())) {
                // it tells when the version began
                byTime.remove(next.getKey());
                byTime.put(oldest.getKey(), oldest.getValue());
            } else {
                firstNumber++;
            }
        }
    }

    byte[] pack(Packer packer) {
        packer.reset().putLong(forgottenUntil).putLong(firstNumber);
        Bytes held = null;
        for (Map.Entry<Long, Bytes> update : byTime.entrySet()) {
            packer.putSortable(update.getKey());
            packer.putBytes(
                    update.getValue().equals(held) ? null : update.getValue().get());
            held = update.getValue();
        }
        return packer.toBytes();
    }

    private void unpack(Unpacker in) {
        forgottenUntil = in.takeLong();
        firstNumber = (int) in.takeLong();
        Bytes held = Bytes.wrap(new byte[0]);
        while (in.hasMore()) {
            long time = in.takeSortable();
            byte[] changed = in.takeNullableBytes();
            held = changed == null ? held : Bytes.wrap(changed);
            byTime.put(time, held);
        }
    }
}
