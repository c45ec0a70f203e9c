package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Span;
import org.roaringbitmap.longlong.PeekableLongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Offsets of one source, and how many came more than once. Compressed: a run of a million takes some kilobytes. */
final class OffsetSet {
    private final Roaring64Bitmap offsets;
    private final Roaring64Bitmap repeated = new Roaring64Bitmap();
    private long repeats;

    private OffsetSet(Roaring64Bitmap offsets) {
        this.offsets = offsets;
    }

    OffsetSet() {
        this(new Roaring64Bitmap());
    }

    static OffsetSet of(Span span) {
        Roaring64Bitmap offsets = new Roaring64Bitmap();
        if (span.start() < span.end()) {
            offsets.addRange(span.start(), span.end());
        }
        return new OffsetSet(offsets);
    }

    void add(long offset) {
        if (offsets.contains(offset)) {
            repeats++;
            repeated.addLong(offset);
        } else {
            offsets.addLong(offset);
        }
    }

    /** How many different ones there are. */
    long size() {
        return offsets.getLongCardinality();
    }

    /** How many of those that were added were there already. */
    long repeats() {
        return repeats;
    }

    /** Those that were added more than once. */
    OffsetSet repeated() {
        return new OffsetSet(repeated);
    }

    boolean contains(long offset) {
        return offsets.contains(offset);
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    OffsetSet minus(OffsetSet other) {
        return new OffsetSet(Roaring64Bitmap.andNot(offsets, other.offsets));
    }

    OffsetSet and(OffsetSet other) {
        return new OffsetSet(Roaring64Bitmap.and(offsets, other.offsets));
    }

    OffsetSet or(OffsetSet other) {
        return new OffsetSet(Roaring64Bitmap.or(offsets, other.offsets));
    }

    /** Those in {@code [start, end)}. */
    OffsetSet within(long start, long end) {
        return and(of(new Span(start, Math.max(start, end))));
    }

    /** The first runs of them: {@code 3-7, 12, …}. */
    String text(int runs) {
        StringBuilder text = new StringBuilder();
        PeekableLongIterator next = offsets.getLongIterator();
        for (int run = 0; next.hasNext(); run++) {
            if (run == runs) {
                return text.append(", …").toString();
            }
            long first = next.next();
            long last = first;
            while (next.hasNext() && next.peekNext() == last + 1) {
                last = next.next();
            }
            text.append(run == 0 ? "" : ", ").append(first).append(last == first ? "" : "-" + last);
        }
        return text.toString();
    }
}
