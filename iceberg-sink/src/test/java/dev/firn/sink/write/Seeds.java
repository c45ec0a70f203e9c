package dev.firn.sink.write;

import java.util.List;
import java.util.Random;

/** Different on every run. {@code -Dfirn.seed=…} runs one again, {@code -Dfirn.seeds=…} so many of them. */
final class Seeds {
    private Seeds() {}

    static List<Long> some(int count) {
        Long only = Long.getLong("firn.seed");
        return only != null
                ? List.of(only)
                : new Random()
                        .longs(Integer.getInteger("firn.seeds", count))
                        .boxed()
                        .toList();
    }
}
