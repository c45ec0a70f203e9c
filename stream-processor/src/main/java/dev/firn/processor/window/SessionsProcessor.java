package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Utf8s;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Joins a partition's events into sessions, and sends each session on at the very event that takes the watermark past its
 * end and the gap: what has been sent is a function of what has come in.
 */
public final class SessionsProcessor extends ContextualProcessor<byte[], Activity, byte[], byte[]> {
    /** What one session is, and where they stand.
     *
     * @param sessionStore one that holds {@link OpenSessions}
     * @param timerStore one that holds its entries while they grow
     */
    public record Config(String sessionStore, String timerStore, Duration gap, WebSessionRow.Encoding encoding) {}

    private static final OpenSessions NONE = new OpenSessions(Long.MAX_VALUE, List.of());

    private final Config config;
    private final long gap;
    private final WebSessionRow rows;
    private @Nullable KeyValueStore<byte[], OpenSessions> store;
    private @Nullable Timers timers;

    public SessionsProcessor(Config config) {
        this.config = config;
        this.gap = TimeUnit.MILLISECONDS.toMicros(config.gap.toMillis());
        this.rows = new WebSessionRow(config.encoding);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = context.getStateStore(config.sessionStore);
        timers = new Timers(context.getStateStore(config.timerStore));
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        Activity event = record.value();
        join(Utf8s.bytes(event.sessionId()), OpenSession.of(event));
        timers().pass(event.watermark(), (at, id) -> look(at, id, event.watermark(), record));
    }

    private void join(byte[] id, OpenSession event) {
        OpenSessions before = load(id);
        OpenSession joined = event;
        List<OpenSession> after = new ArrayList<>();
        for (OpenSession session : before.sessions()) {
            if (session.isNear(event, gap)) {
                joined = joined.merge(session);
            } else {
                after.add(session);
            }
        }
        after.add(joined);
        long due = Math.min(before.due(), joined.end() + gap);
        if (due < before.due()) {
            timers().set(due, id);
        }
        store().put(id, new OpenSessions(due, after));
    }

    private void look(long at, byte[] id, long watermark, Record<byte[], Activity> cause) {
        OpenSessions open = load(id);
        if (open.due() != at) {
            return;
        }
        List<OpenSession> still = new ArrayList<>();
        for (OpenSession session : open.sessions()) {
            if (session.end() + gap < watermark) {
                context().forward(new Record<>(id, rows.encode(id, session), cause.timestamp()));
            } else {
                still.add(session);
            }
        }
        if (still.isEmpty()) {
            store().delete(id);
            return;
        }
        long due = still.stream().mapToLong(OpenSession::end).min().orElseThrow() + gap;
        timers().set(due, id);
        store().put(id, new OpenSessions(due, still));
    }

    private OpenSessions load(byte[] id) {
        OpenSessions open = store().get(id);
        return open == null ? NONE : open;
    }

    private KeyValueStore<byte[], OpenSessions> store() {
        return Objects.requireNonNull(store, "init comes first");
    }

    private Timers timers() {
        return Objects.requireNonNull(timers, "init comes first");
    }
}
