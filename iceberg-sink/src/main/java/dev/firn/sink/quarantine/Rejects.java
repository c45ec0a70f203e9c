package dev.firn.sink.quarantine;

import dev.firn.quarantine.Reason;
import dev.firn.sink.commit.WindowFiles;
import dev.firn.sink.write.WrittenFiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rejects of one window, in memory until the window closes. For one thread at a time. */
public final class Rejects implements WindowFiles {
    private final RejectWriter writer;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
    private long bytes;

    public Rejects(RejectWriter writer) {
        this.writer = writer;
    }

    public void add(Reject reject) {
        rejects.add(reject);
        bytes += reject.bytes();
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
        return rejects.isEmpty() ? new WrittenFiles(List.of(), 0, 0, 0) : writer.write(rejects);
    }

    @Override
    public void abort() {
        rejects.clear();
    }
}
