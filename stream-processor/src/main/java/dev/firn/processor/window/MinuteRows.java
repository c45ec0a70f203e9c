package dev.firn.processor.window;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.RowEncoder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Folds facts into rows of {@code gold.activity_by_minute}. Not for several threads. */
final class MinuteRows implements WindowRows {
    static final Schema SCHEMA = Contracts.schema("gold.activity_by_minute");

    private final RowEncoder encoder;
    private final Set<Utf8> sessions = new HashSet<>();
    private long[] dwells = new long[64];
    private int events;
    private byte @Nullable [] group;

    /** @param schemaId under which the registry holds {@link #SCHEMA} */
    MinuteRows(int schemaId) {
        this.encoder = new RowEncoder(schemaId, SCHEMA);
    }

    @Override
    public void begin() {
        group = null;
        forget();
    }

    @Override
    public void add(long end, byte[] dimensions, byte[] facts, Out out) {
        if (group != null && !Arrays.equals(group, dimensions)) {
            finish(end, out);
        }
        group = dimensions;
        FactChunk.of(facts).fold(this::add);
    }

    @Override
    public void finish(long end, Out out) {
        if (group != null) {
            out.row(group, row(end, Dimensions.unpack(group)));
            group = null;
        }
    }

    @Override
    public long events(byte[] facts) {
        return FactChunk.of(facts).size();
    }

    private void add(long dwellMillis, Utf8 session) {
        if (events == dwells.length) {
            dwells = Arrays.copyOf(dwells, events * 2);
        }
        dwells[events++] = dwellMillis;
        sessions.add(session);
    }

    /** The row of what was added, which is then forgotten. */
    private byte[] row(long end, Dimensions dimensions) {
        Arrays.sort(dwells, 0, events);
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("window_start", MinuteFacts.PANES.windowStart(end));
        row.put("window_end", end);
        row.put("event_type", dimensions.eventType());
        row.put("country", dimensions.country());
        row.put("device_type", dimensions.deviceType());
        row.put("events", (long) events);
        row.put("sessions", (long) sessions.size());
        row.put("dwell_p50_ms", percentile(50));
        row.put("dwell_p95_ms", percentile(95));
        row.put("dwell_p99_ms", percentile(99));
        byte[] encoded = encoder.encode(row);
        forget();
        return encoded;
    }

    private void forget() {
        sessions.clear();
        events = 0;
    }

    /** By nearest rank: the least value that at least so many in a hundred do not exceed. */
    private long percentile(int percent) {
        int rank = (int) (((long) percent * events + 99) / 100);
        return dwells[rank - 1];
    }
}
