package dev.firn.processor.picture;

import java.util.Collection;
import java.util.List;

/** Something on the picture.
 *
 * @param stores that it uses
 */
record Box(String name, Kind kind, int x, int y, List<String> stores) {
    enum Kind {
        TOPIC,
        PROCESSOR
    }

    static final int WIDTH = 200;
    static final int HEIGHT = 44;

    Box(String name, Kind kind, int x, int y) {
        this(name, kind, x, y, List.of());
    }

    Box with(Collection<String> used) {
        return new Box(name, kind, x, y, used.stream().sorted().toList());
    }
}
