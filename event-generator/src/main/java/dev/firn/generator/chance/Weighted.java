package dev.firn.generator.chance;

import java.util.ArrayList;
import java.util.List;

/** Choices with whole-number weights. */
public final class Weighted<T> {
    private final List<T> slots = new ArrayList<>();

    /** Adds a choice; returns itself. Weights are slots of a table, so keep them small. */
    public Weighted<T> add(int weight, T choice) {
        for (int i = 0; i < weight; i++) {
            slots.add(choice);
        }
        return this;
    }

    /** Each choice once, in the order they were added. */
    public List<T> choices() {
        return slots.stream().distinct().toList();
    }

    public T draw(Dice dice) {
        return dice.oneOf(slots);
    }
}
