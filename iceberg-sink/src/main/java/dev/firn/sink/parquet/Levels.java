package dev.firn.sink.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The definition or repetition levels of a page. While all are the same, as they mostly are, they are only counted. */
final class Levels {
    private static final int NOT_THE_SAME = -1;

    private final int highest;
    private final Buffers buffers;
    private int[] levels;
    private int count;
    private int same = NOT_THE_SAME;

    Levels(int highest, Buffers buffers) {
        this.highest = highest;
        this.buffers = buffers;
        this.levels = buffers.ints(0);
    }

    void add(int level) {
        if (level == same) {
            count++;
        } else {
            addOther(level);
        }
    }

    private void addOther(int level) {
        if (count == 0) {
            same = level;
            count = 1;
            return;
        }
        if (same != NOT_THE_SAME) {
            spellOut();
        }
        ensure(count + 1);
        levels[count++] = level;
    }

    private void spellOut() {
        ensure(count);
        Arrays.fill(levels, 0, count, same);
        same = NOT_THE_SAME;
    }

    private void ensure(int length) {
        while (levels.length < length) {
            levels = buffers.grown(levels, same == NOT_THE_SAME ? count : 0);
        }
    }

    void encode(Bytes out) {
        int length = out.size();
        out.putInt(0);
        int width = RunLengths.width(highest);
        if (same != NOT_THE_SAME) {
            RunLengths.encodeRun(same, count, width, out);
        } else {
            RunLengths.encode(levels, count, width, out);
        }
        out.setInt(length, out.size() - length - Integer.BYTES);
    }

    /** How often there is each. */
    List<Long> histogram() {
        if (same != NOT_THE_SAME) {
            List<Long> histogram = new ArrayList<>(Collections.nCopies(highest + 1, 0L));
            histogram.set(same, (long) count);
            return histogram;
        }
        long[] counts = new long[highest + 1];
        for (int i = 0; i < count; i++) {
            counts[levels[i]]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    int sizeEstimate() {
        return same != NOT_THE_SAME ? Integer.BYTES : count * RunLengths.width(highest) / Byte.SIZE;
    }

    void clear() {
        count = 0;
        same = NOT_THE_SAME;
    }

    void release() {
        buffers.release(levels);
    }
}
