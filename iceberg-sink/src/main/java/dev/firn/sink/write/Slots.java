package dev.firn.sink.write;

import java.util.List;

/** Where a check notes fields: each in one slot, however many uses it has. */
final class Slots {
    private Slots() {}

    /** The slot of a field's path among those that are marked, to which it is added if it is not one of them. */
    static int of(String path, List<String> marked) {
        int slot = marked.indexOf(path);
        if (slot >= 0) {
            return slot;
        }
        marked.add(path);
        return marked.size() - 1;
    }
}
