package dev.firn.processor.wait;

import dev.firn.processor.quarantine.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Records of one task that wait for what they refer to, in a store: by time, so that those who have waited long enough are
 * the first, and by what they wait for, so that an arrival wakes those who wait for it and no one else. All are looked at
 * only where arrivals may have been missed: at the beginning, and after a time in which nobody could tell.
 */
public final class Waiting {
    /** Decides about records that wait. */
    public interface Visitor {
        /** Sends the record on if all is there.
         *
         * @return what is missing, if not
         */
        @Nullable
        Missing visit(Source source);

        /** The record has waited long enough. */
        void giveUp(Source source, Missing missing);
    }

    /** Those who have waited since then or longer have waited long enough.
     *
     * @param currentSince as {@link ReferenceProgress} has it
     */
    public record Now(long currentSince, long longEnoughSince) {
        /** Who waits finds all that came until its patience ended, however long it took to be taken in. */
        public static Now of(ReferenceProgress progress, long now, Duration patience) {
            long until = Math.min(now, progress.takenInUntil());
            return new Now(progress.currentSince(), until - patience.toMillis());
        }

        boolean isLongEnough(KeyValue<byte[], byte[]> one) {
            return WaitKeys.since(one.key) <= longEnoughSince;
        }
    }

    /** Some waiters for one reference are still to be looked at, from that key on. */
    private record Woken(Bytes awaited, Bytes from) {}

    private static final int FIRST = 2;

    private final Waiters waiters;
    private final Arrivals arrivals;
    private final Deque<Woken> woken = new ArrayDeque<>();
    private long arrivedUntil;
    private long lookedAtAllSince = ReferenceProgress.BEHIND;
    private byte @Nullable [] restOfAll;
    /** What had arrived when the first of all could not go on. */
    private long stuckAt = -1;

    /** @param total of all tasks */
    public Waiting(KeyValueStore<byte[], byte[]> store, Arrivals arrivals, AtomicLong total) {
        this.waiters = new Waiters(store, total);
        this.arrivals = arrivals;
        this.arrivedUntil = arrivals.end();
    }

    /** Takes a record in.
     *
     * @param now epoch milliseconds
     * @param awaited what it waits for; null if nobody could tell yet
     */
    public void add(Source source, long now, @Nullable Bytes awaited) {
        waiters.add(source, now, awaited);
    }

    /**
     * Looks at those who may be able to go on, and those who have waited long enough: at some of each, and at more until the
     * slice is over; the rest is for the next time.
     */
    public void look(Now now, Slice slice, Visitor visitor) {
        hear();
        if (!waiters.isAny()) {
            return;
        }
        if (now.currentSince != lookedAtAllSince) {
            lookedAtAllSince = now.currentSince;
            restOfAll = waiters.beginning();
        }
        fromOldest(Waiters.BATCH, slice::isOver, one -> now.isLongEnough(one) && goesAway(one, now, visitor));
        wake(slice, visitor);
        lookAtAll(slice, visitor);
    }

    /** Whether someone waits. */
    public boolean isAny() {
        return waiters.isAny();
    }

    /**
     * An offset of the raw topic, before which none waits, if all came in order; nothing where none waits.
     *
     * @param before the last answer: it stands while one that came back from quarantine is the first
     */
    public OptionalLong front(OptionalLong before) {
        return waiters.front(before);
    }

    /** Looks at those who came first, as long as they may go on or have waited long enough; the others wait behind them. */
    public void lookInOrder(Now now, Slice slice, Visitor visitor) {
        if (waiters.isAny()) {
            inOrder(Waiters.BATCH, slice::isOver, now, visitor);
        }
    }

    /**
     * Looks at the first two, if they may go on by now: done for each record that comes, it lets the queue grow shorter, however
     * fast they come.
     */
    public void lookAtFirst(Now now, Visitor visitor) {
        if (waiters.isAny() && stuckAt != arrivals.end()) {
            inOrder(FIRST, () -> true, now, visitor);
        }
    }

    private void inOrder(int batch, BooleanSupplier enough, Now now, Visitor visitor) {
        long arrived = arrivals.end();
        fromOldest(batch, enough, one -> {
            boolean goes = goesAway(one, now, visitor);
            stuckAt = goes ? -1 : arrived;
            return goes;
        });
    }

    /** One after the other, until one stays. */
    private void fromOldest(int batch, BooleanSupplier enough, Predicate<KeyValue<byte[], byte[]>> goesAway) {
        List<KeyValue<byte[], byte[]>> oldest;
        do {
            oldest = waiters.oldest(batch);
            for (KeyValue<byte[], byte[]> one : oldest) {
                if (!goesAway.test(one)) {
                    return;
                }
            }
        } while (!oldest.isEmpty() && !enough.getAsBoolean());
    }

    private boolean goesAway(KeyValue<byte[], byte[]> one, Now now, Visitor visitor) {
        Missing missing = waiters.visit(one, visitor);
        if (missing != null && now.isLongEnough(one)) {
            waiters.giveUp(one, missing, visitor);
            return true;
        }
        return missing == null;
    }

    private void hear() {
        if (!waiters.isAny()) {
            woken.clear();
            arrivedUntil = arrivals.end();
            return;
        }
        Optional<List<Bytes>> arrived = arrivals.since(arrivedUntil);
        if (arrived.isEmpty()) {
            arrivedUntil = arrivals.end();
            restOfAll = waiters.beginning();
            return;
        }
        arrivedUntil += arrived.get().size();
        arrived.get().stream()
                .filter(waiters::mayAwait)
                .forEach(reference -> woken.add(new Woken(reference, waiters.beginning(reference))));
    }

    private void wake(Slice slice, Visitor visitor) {
        do {
            Woken next = woken.poll();
            if (next == null) {
                return;
            }
            List<byte[]> awaiting = waiters.awaiting(next.awaited, next.from);
            awaiting.forEach(one -> waiters.visit(waiters.of(one), visitor));
            if (awaiting.size() == Waiters.BATCH) {
                byte[] last = awaiting.get(Waiters.BATCH - 1);
                woken.addFirst(new Woken(next.awaited, Bytes.wrap(WaitKeys.after(last))));
            }
        } while (!slice.isOver());
    }

    private void lookAtAll(Slice slice, Visitor visitor) {
        do {
            if (restOfAll == null) {
                return;
            }
            List<KeyValue<byte[], byte[]>> some = waiters.from(restOfAll);
            some.forEach(one -> waiters.visit(one, visitor));
            restOfAll = some.size() < Waiters.BATCH ? null : WaitKeys.after(some.get(Waiters.BATCH - 1).key);
        } while (!slice.isOver());
    }

    /** The task goes elsewhere. */
    public void close() {
        waiters.close();
    }
}
