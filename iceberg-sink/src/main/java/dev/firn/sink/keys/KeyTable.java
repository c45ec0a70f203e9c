package dev.firn.sink.keys;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of each key of one topic partition, and where its row is: an open hash table of slots of 32 bytes.
 * For one thread at a time.
 */
public final class KeyTable implements AutoCloseable {
    /** In place of a file: the newest version is a deletion. */
    public static final int DELETED = -1;

    private static final int NONE = 0;
    private static final int SLOT = 32;
    private static final int FIRST_SLOTS = 64;
    /** In one buffer. */
    private static final int MOST_SLOTS = 1 << 25;

    private static final int LOW = 8;
    private static final int OFFSET = 16;
    private static final int FILE = 24;
    private static final int POSITION = 28;

    private final KeySpace space;
    private KeySpace.Room room;
    private long slots;
    private long used;

    public KeyTable(KeySpace space) {
        this.space = space;
        this.slots = FIRST_SLOTS;
        this.room = room(space, FIRST_SLOTS);
    }

    /** A key's newest version.
     *
     * @param offset of its record
     * @param file a number above 0 that stands for the row's file, or {@link #DELETED}
     * @param position of the row in the file
     */
    public record Entry(long offset, int file, int position) {
        public boolean isDeletion() {
            return file == DELETED;
        }
    }

    /** Is shown keys. */
    @FunctionalInterface
    public interface Visitor {
        void visit(KeyHash key, Entry entry);
    }

    /** What is known of the key; null if nothing is. */
    public @Nullable Entry get(KeyHash key) {
        long at = find(room, slots, key);
        ByteBuffer buffer = buffer(room, at);
        int base = base(at);
        return buffer.getInt(base + FILE) == NONE ? null : entry(buffer, base);
    }

    /** Puts it in the place of what was known of the key. */
    public void put(KeyHash key, long offset, int file, int position) {
        long at = find(room, slots, key);
        if (buffer(room, at).getInt(base(at) + FILE) == NONE) {
            if (3 * (used + 1) > 2 * slots) {
                grow();
                at = find(room, slots, key);
            }
            used++;
        }
        write(room, at, key, offset, file, position);
    }

    /** Forgets the key. */
    public void remove(KeyHash key) {
        long hole = find(room, slots, key);
        if (isFree(hole)) {
            return;
        }
        // what was pushed on by others moves up, so that no search ends at a hole before it
        for (long at = next(hole); !isFree(at); at = next(at)) {
            long home = buffer(room, at).getLong(base(at) + LOW);
            if (((at - home) & (slots - 1)) >= ((at - hole) & (slots - 1))) {
                copy(at, hole);
                hole = at;
            }
        }
        buffer(room, hole).putInt(base(hole) + FILE, NONE);
        used--;
    }

    private boolean isFree(long at) {
        return buffer(room, at).getInt(base(at) + FILE) == NONE;
    }

    private long next(long at) {
        return (at + 1) & (slots - 1);
    }

    private void copy(long from, long to) {
        ByteBuffer source = buffer(room, from);
        KeyHash key = new KeyHash(source.getLong(base(from)), source.getLong(base(from) + LOW));
        Entry entry = entry(source, base(from));
        write(room, to, key, entry.offset(), entry.file(), entry.position());
    }

    /** Keys and deletions. */
    public long size() {
        return used;
    }

    /** That the table takes, on the heap or not. */
    public long bytes() {
        return slots * SLOT;
    }

    /** In no order. The table must not be changed meanwhile. */
    public void forEach(Visitor visitor) {
        for (long at = 0; at < slots; at++) {
            ByteBuffer buffer = buffer(room, at);
            int base = base(at);
            if (buffer.getInt(base + FILE) != NONE) {
                visitor.visit(new KeyHash(buffer.getLong(base), buffer.getLong(base + LOW)), entry(buffer, base));
            }
        }
    }

    /** Where the key is, or would be. */
    private static long find(KeySpace.Room room, long slots, KeyHash key) {
        long at = key.low() & (slots - 1);
        while (true) {
            ByteBuffer buffer = buffer(room, at);
            int base = base(at);
            boolean same = buffer.getLong(base) == key.high() && buffer.getLong(base + LOW) == key.low();
            if (same || buffer.getInt(base + FILE) == NONE) {
                return at;
            }
            at = (at + 1) & (slots - 1);
        }
    }

    private void grow() {
        long more = slots * 2;
        KeySpace.Room larger = room(space, more);
        forEach((key, entry) ->
                write(larger, find(larger, more, key), key, entry.offset(), entry.file(), entry.position()));
        space.release(room);
        room = larger;
        slots = more;
    }

    private static KeySpace.Room room(KeySpace space, long slots) {
        int perBuffer = (int) Math.min(slots, MOST_SLOTS);
        return space.room(Math.toIntExact(slots / perBuffer), perBuffer * SLOT);
    }

    private static void write(KeySpace.Room room, long at, KeyHash key, long offset, int file, int position) {
        ByteBuffer buffer = buffer(room, at);
        int base = base(at);
        buffer.putLong(base, key.high());
        buffer.putLong(base + LOW, key.low());
        buffer.putLong(base + OFFSET, offset);
        buffer.putInt(base + FILE, file);
        buffer.putInt(base + POSITION, position);
    }

    private static Entry entry(ByteBuffer buffer, int base) {
        return new Entry(buffer.getLong(base + OFFSET), buffer.getInt(base + FILE), buffer.getInt(base + POSITION));
    }

    private static ByteBuffer buffer(KeySpace.Room room, long at) {
        return room.buffer((int) (at / MOST_SLOTS));
    }

    private static int base(long at) {
        return (int) (at % MOST_SLOTS) * SLOT;
    }

    /** Gives the room back. */
    @Override
    public void close() {
        KeySpace.Room before = room;
        room = room(KeySpace.onHeap(), FIRST_SLOTS);
        slots = FIRST_SLOTS;
        used = 0;
        space.release(before);
    }
}
