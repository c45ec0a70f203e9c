package dev.firn.sink.quarantine;

import dev.firn.quarantine.Reason;
import dev.firn.sink.commit.WindowFiles;
import dev.firn.sink.write.WrittenFiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The rejects of one window, in memory until they are written or given up. For one thread at a time. */
public final class Rejects implements WindowFiles {
    private final RejectWriter writer;
    private final LongConsumer meter;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
    private long bytes;

    /** None yet.
     *
     * @param meter told of each change of how many bytes of memory they hold
     */
    public Rejects(RejectWriter writer, LongConsumer meter) {
        this.writer = writer;
        this.meter = meter;
    }

    public void add(Reject reject) {
        rejects.add(reject);
        bytes += reject.bytes();
        meter.accept(reject.bytes());
        byReason.merge(reject.why().reason(), 1L, Long::sum);
    }

    /** About how much memory they hold. */
    public long bytes() {
        return bytes;
    }

    public Map<Reason, Long> byReason() {
        return byReason;
    }

    @Override
    public WrittenFiles complete() {
        WrittenFiles written = rejects.isEmpty() ? new WrittenFiles(List.of(), 0, 0, 0) : writer.write(rejects);
        abort();
        return written;
    }

    /** Forgets them. */
    @Override
    public void abort() {
        rejects.clear();
        meter.accept(-bytes);
        bytes = 0;
    }
}
