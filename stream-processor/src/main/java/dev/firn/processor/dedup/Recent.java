package dev.firn.processor.dedup;

import dev.firn.processor.pack.Packer;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has seen: its newest event time, and the ids of the last while before that. Its memory is that of the
 * filter and of a few dozen ids, however many there are: all are in a log, and by id in an index. The filter spares most
 * new ids the look into the index; when there are more than it was made for, it spares fewer, and the answers stay exact.
 */
final class Recent {
    /** Event time of a partition that has seen nothing. */
    static final long NOTHING = Long.MIN_VALUE;

    /** Where it is kept.
     *
     * @param log a store with a changelog, one that holds its entries while they grow
     * @param index a store without
     * @param filterBytes memory of the filter
     */
    record Config(KeyValueStore<byte[], Packer> log, KeyValueStore<byte[], byte[]> index, long filterBytes) {}

    /** The horizon is so many spans, and lies in one more. */
    private static final int SPANS = 4;

    /** For each that comes, so that no single event has to wait for all that a leap in time makes old. */
    private static final int MOST_CHUNKS_FORGOTTEN = 4;

    private final Config config;
    private final IdLog log;
    /** Set by {@link #reach}, as are the following. */
    private long horizon;

    private long span = 1;
    private RecentFilter filter = new RecentFilter(SPANS + 1, 0);
    private IdIndex index;
    private long newest = NOTHING;

    /** Remembers what the stores hold. */
    Recent(Config config) {
        this.config = config;
        this.log = new IdLog(
                config.log, chunk -> newest = chunk.get(chunk.size() - 1).at());
        this.index = index(span);
    }

    private IdIndex index(long spans) {
        return new IdIndex(config.index, spans);
    }

    /** From now on, ids count that far back in microseconds of event time, at least. Comes before the first id. */
    void reach(long wanted) {
        if (wanted <= horizon) {
            return;
        }
        horizon = wanted;
        span = (wanted + SPANS - 1) / SPANS;
        filter = new RecentFilter(SPANS + 1, config.filterBytes);
        index = index(span);
        log.forEach(sighting -> filter.add(spanOf(sighting.at()), sighting.id()));
        catchUp();
    }

    private void catchUp() {
        for (long missing = index.begin(log.first(), log.next()); missing < log.next(); missing++) {
            index.add(log.chunk(missing), log.first(), missing + 1);
        }
    }

    /** The newest event time so far, or {@link #NOTHING}. */
    long newest() {
        return newest;
    }

    /** Time has passed, with or without ids. */
    void pass(long eventTime) {
        newest = Math.max(newest, eventTime);
    }

    /** Whether the id has been seen within so many microseconds before the newest event time.
     *
     * @param within no more than is reached
     */
    boolean has(IdHash id, long within) {
        if (newest == NOTHING) {
            return false;
        }
        long last = spanOf(newest);
        for (long each = last; each >= last - SPANS; each--) {
            if (filter.mayHold(each, id) && isWithin(within, find(each, id))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Sighting find(long inSpan, IdHash id) {
        Sighting open = log.inOpenChunk(id);
        return open != null ? open : index.find(inSpan, id);
    }

    private boolean isWithin(long time, @Nullable Sighting sighting) {
        return sighting != null && newest - sighting.at() <= time;
    }

    /** Remembers an id, and the event's time. */
    void add(IdHash id, long eventTime) {
        pass(eventTime);
        filter.add(spanOf(newest), id);
        if (log.add(new Sighting(id, newest))) {
            List<Sighting> full = log.roll();
            index.add(full, log.first(), log.next());
            forget();
        }
    }

    private void forget() {
        for (int i = 0; i < MOST_CHUNKS_FORGOTTEN && log.first() < log.next() && isOld(log.oldest()); i++) {
            index.remove(log.oldest(), log.first() + 1, log.next());
            log.dropOldest();
        }
    }

    private boolean isOld(List<Sighting> chunk) {
        return newest - chunk.get(chunk.size() - 1).at() > horizon;
    }

    private long spanOf(long time) {
        return Math.floorDiv(time, span);
    }
}
