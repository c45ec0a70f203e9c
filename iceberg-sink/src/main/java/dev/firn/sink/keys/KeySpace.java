package dev.firn.sink.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for {@link KeyTable}s: on the heap up to a limit, past it in files that are mapped and have no name any more, so
 * that no crash leaves one behind. Safe for use by many threads.
 */
public final class KeySpace {
    private static final int PAGE = 1 << 16;

    private final AtomicLong taken = new AtomicLong();
    private final long memory;
    private final Path directory;

    /**
     * Room for many tables.
     *
     * @param memory bytes on the heap, for all tables together
     * @param directory for what is past that
     */
    public KeySpace(long memory, Path directory) {
        this.memory = memory;
        this.directory = directory;
    }

    /** Room on the heap only, bounded by those who use it. */
    public static KeySpace onHeap() {
        return new KeySpace(Long.MAX_VALUE, Path.of(""));
    }

    /** Bytes on the heap that its tables have now. */
    public long held() {
        return taken.get();
    }

    /** Zeros.
     *
     * @throws UncheckedIOException if the disk does not have them
     */
    Room room(int count, int size) {
        long bytes = (long) count * size;
        ByteBuffer[] buffers = new ByteBuffer[count];
        boolean onHeap = take(bytes);
        for (int i = 0; i < count; i++) {
            buffers[i] = onHeap ? ByteBuffer.allocate(size) : mapped(size);
        }
        return new Room(buffers, onHeap ? bytes : 0);
    }

    private boolean take(long bytes) {
        long before = taken.getAndUpdate(now -> now + bytes <= memory ? now + bytes : now);
        return before + bytes <= memory;
    }

    void release(Room room) {
        taken.addAndGet(-room.onHeap());
    }

    private ByteBuffer mapped(int size) {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, "firn-keys-", null);
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                fill(channel, size);
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for keys in " + directory, e);
        }
    }

    /** So that a full disk is an exception now, and not a fault in the middle of a mapped page later. */
    private static void fill(FileChannel channel, int size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(PAGE);
        for (int left = size; left > 0; left -= zeros.limit()) {
            zeros.clear().limit(Math.min(PAGE, left));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        }
    }

    /** Buffers of one size. */
    static final class Room {
        private final ByteBuffer[] buffers;
        private final long onHeap;

        private Room(ByteBuffer[] buffers, long onHeap) {
            this.buffers = buffers;
            this.onHeap = onHeap;
        }

        ByteBuffer buffer(int index) {
            return buffers[index];
        }

        /** How many bytes of the limit they take. */
        long onHeap() {
            return onHeap;
        }
    }
}
