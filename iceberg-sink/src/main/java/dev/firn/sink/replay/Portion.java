package dev.firn.sink.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * As many records as fit in memory, and the order in which they stood: the last of a key is then the last again. Those that
 * don't fit are for the next time.
 */
public final class Portion {
    private static final Comparator<QuarantinedRecord> AS_THEY_STOOD = Comparator.comparing(
                    (QuarantinedRecord record) -> record.at().topic())
            .thenComparing(record -> record.at().partition())
            .thenComparing(record -> record.at().offset())
            .thenComparing(QuarantinedRecord::target);

    private final List<QuarantinedRecord> records = new ArrayList<>();
    private final long most;
    private long bytes;
    private boolean full;

    /** @param most bytes of keys, values and headers, about */
    public Portion(long most) {
        this.most = most;
    }

    public void offer(QuarantinedRecord record) {
        if (bytes >= most) {
            full = true;
            return;
        }
        records.add(record);
        bytes += record.bytes();
    }

    /** Whether some did not fit. */
    public boolean isFull() {
        return full;
    }

    public void inOrder(Consumer<QuarantinedRecord> visitor) {
        records.stream().sorted(AS_THEY_STOOD).forEach(visitor);
    }
}
