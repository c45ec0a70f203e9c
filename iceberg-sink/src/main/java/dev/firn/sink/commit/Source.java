package dev.firn.sink.commit;

import java.util.Comparator;

/** A topic partition that rows come from. */
public record Source(String topic, int partition) implements Comparable<Source> {
    private static final Comparator<Source> ORDER =
            Comparator.comparing(Source::topic).thenComparingInt(Source::partition);

    @Override
    public int compareTo(Source other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
