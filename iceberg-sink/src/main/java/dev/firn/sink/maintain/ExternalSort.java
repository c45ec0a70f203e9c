package dev.firn.sink.maintain;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Any number of values, in the order of their keys, which are compared byte by byte. Past its memory they are in a file, run by
 * run, and merged when they are read. For one thread, and to be read once.
 */
final class ExternalSort implements Closeable {
    /** Of each run that is read. */
    private static final int BUFFER = 1 << 16;
    /** What an entry takes in memory beside its bytes. */
    private static final int BESIDE = 72;

    private static final Comparator<Entry> ORDER = (one, other) -> Arrays.compareUnsigned(one.key, other.key);

    private final Scratch scratch;
    private final long memory;
    private final List<Run> runs = new ArrayList<>();
    private List<Entry> entries = new ArrayList<>();
    private @Nullable FileChannel file;
    private long held;
    private long count;

    /** Begins.
     *
     * @param memory bytes that it holds, about
     */
    ExternalSort(Scratch scratch, long memory) {
        this.scratch = scratch;
        this.memory = memory;
    }

    private static final class Entry {
        private final byte[] key;
        private final byte[] value;

        private Entry(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        private byte[] value() {
            return value;
        }

        private long bytes() {
            return (long) key.length + value.length + BESIDE;
        }
    }

    /** Takes a value, which is copied. */
    void add(byte[] key, ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.get(copy);
        Entry entry = new Entry(key, copy);
        entries.add(entry);
        held += entry.bytes();
        count++;
        if (held >= memory) {
            spill();
        }
    }

    /** How many values it has taken. */
    long count() {
        return count;
    }

    private void spill() {
        entries.sort(ORDER);
        try {
            FileChannel to = file();
            long start = to.position();
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(to), BUFFER));
            for (Entry entry : entries) {
                out.writeInt(entry.key.length);
                out.write(entry.key);
                out.writeInt(entry.value.length);
                out.write(entry.value);
            }
            out.flush();
            runs.add(new Run(to, start, entries.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.clear();
        held = 0;
    }

    private FileChannel file() {
        FileChannel there = file == null ? scratch.open() : file;
        file = there;
        return there;
    }

    /** All values in the order of their keys. Takes no more afterwards. */
    Iterator<byte[]> values() {
        if (runs.isEmpty()) {
            entries.sort(ORDER);
            return entries.stream().map(Entry::value).iterator();
        }
        spill();
        entries = List.of();
        return new Merge(runs);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Entries in order, one after the other in the file. */
    private static final class Run {
        private final DataInputStream in;
        private long left;
        private @Nullable Entry next;

        private Run(FileChannel file, long start, long count) {
            this.in = new DataInputStream(new BufferedInputStream(new Section(file, start), BUFFER));
            this.left = count;
        }

        private Entry next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        /** Whether there is one more. */
        private boolean advance() {
            if (left == 0) {
                return false;
            }
            left--;
            try {
                next = new Entry(bytes(), bytes());
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] bytes() throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        }
    }

    /** Of a file, from somewhere on, whoever else reads it. */
    private static final class Section extends InputStream {
        private final FileChannel file;
        private long position;

        private Section(FileChannel file, long start) {
            this.file = file;
            this.position = start;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = file.read(ByteBuffer.wrap(to, offset, length), position);
            position += Math.max(0, read);
            return read;
        }
    }

    private static final class Merge implements Iterator<byte[]> {
        private final PriorityQueue<Run> queue =
                new PriorityQueue<>((one, other) -> ORDER.compare(one.next(), other.next()));

        private Merge(List<Run> runs) {
            runs.stream().filter(Run::advance).forEach(queue::add);
        }

        @Override
        public boolean hasNext() {
            return !queue.isEmpty();
        }

        @Override
        public byte[] next() {
            Run run = queue.remove();
            byte[] value = run.next().value;
            if (run.advance()) {
                queue.add(run);
            }
            return value;
        }
    }
}
