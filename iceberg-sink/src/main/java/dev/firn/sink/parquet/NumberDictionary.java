package dev.firn.sink.parquet;

import java.util.Arrays;

/** Distinct numbers, each with an index in the order in which they came first. For one thread at a time. */
final class NumberDictionary {
    private static final int FIRST_SLOTS = 32;

    private final Buffers buffers;
    private long[] numbers;
    private int size;
    /** Index plus one, 0 for none. Never more than half full. */
    private int[] slots;

    NumberDictionary(Buffers buffers) {
        this.buffers = buffers;
        this.numbers = buffers.longs(FIRST_SLOTS / 2);
        this.slots = emptySlots(FIRST_SLOTS);
    }

    private int[] emptySlots(int count) {
        int[] empty = buffers.ints(count);
        Arrays.fill(empty, 0);
        return empty;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return numbers[index];
    }

    int indexOf(long number) {
        int slot = slotOf(number);
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (numbers[entry - 1] == number) {
                return entry - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(number, slot);
    }

    private int slotOf(long number) {
        return (int) Hash.begin(number) & (slots.length - 1);
    }

    private int add(long number, int slot) {
        if (size == numbers.length) {
            numbers = buffers.grown(numbers, size);
        }
        numbers[size++] = number;
        slots[slot] = size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] before = slots;
        slots = emptySlots(before.length * 2);
        buffers.release(before);
        for (int i = 0; i < size; i++) {
            int slot = slotOf(numbers[i]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
    }

    void release() {
        buffers.release(numbers);
        buffers.release(slots);
    }
}
