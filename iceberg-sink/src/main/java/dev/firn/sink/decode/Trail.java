package dev.firn.sink.decode;

import java.util.Arrays;

/** What a check notes on its way. Reused from record to record; for one thread. */
public final class Trail {
    /** Such elements cost nothing to send and something to keep. */
    private static final int MAX_EMPTY_ELEMENTS = 1 << 16;

    private static final int MAX_DEPTH = 256;

    private int[] marks = new int[0];
    private int depth;
    private int emptyElements;

    void reset(int slots) {
        if (marks.length < slots) {
            marks = new int[slots];
        }
        Arrays.fill(marks, -1);
        depth = 0;
        emptyElements = 0;
    }

    void mark(int slot, int position) {
        marks[slot] = position;
    }

    /** Where the value begins that was to be marked, behind its union's index; -1 if it is null or within a null. */
    public int marked(int slot) {
        return marks[slot];
    }

    void descend(AvroInput in) {
        if (++depth > MAX_DEPTH) {
            throw in.malformed("records within themselves more than " + MAX_DEPTH + " deep");
        }
    }

    void ascend() {
        depth--;
    }

    void addEmptyElements(long count, AvroInput in) {
        if (count > MAX_EMPTY_ELEMENTS - emptyElements) {
            throw in.malformed("more than " + MAX_EMPTY_ELEMENTS + " elements without a byte");
        }
        emptyElements += (int) count;
    }
}
