package dev.firn.processor.dedup;

import java.util.Arrays;

/**
 * A set of ids of a fixed size in memory, however many there are: it never denies one that was added, and the fuller it is
 * the more often it takes one for added that was not (1 in 100 at 10 bits an id). A blocked Bloom filter: all 8 bits of an
 * id are in one block of 64 bytes, one in each word, so that a look costs one miss of the processor's cache.
 */
final class IdFilter {
    private static final int WORDS_PER_BLOCK = 8;
    private static final int BITS_PER_WORD_INDEX = 6;

    private final long[] words;
    private final long blocks;

    /** @param bytes at least one block is made */
    IdFilter(long bytes) {
        this.blocks = Math.max(1, bytes / (WORDS_PER_BLOCK * Long.BYTES));
        this.words = new long[Math.toIntExact(blocks * WORDS_PER_BLOCK)];
    }

    void add(IdHash id) {
        int block = block(id);
        long bits = id.low();
        for (int i = 0; i < WORDS_PER_BLOCK; i++, bits >>>= BITS_PER_WORD_INDEX) {
            words[block + i] |= 1L << bits;
        }
    }

    boolean mayHold(IdHash id) {
        int block = block(id);
        long bits = id.low();
        for (int i = 0; i < WORDS_PER_BLOCK; i++, bits >>>= BITS_PER_WORD_INDEX) {
            if ((words[block + i] & (1L << bits)) == 0) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    private int block(IdHash id) {
        return (int) (Long.remainderUnsigned(id.high(), blocks) * WORDS_PER_BLOCK);
    }
}
