package dev.firn.sink.commit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Of all that an instance commits to one table, records go first: what keeps the table in order gives way to a commit of records that
 * is under way, which so finds its base unmoved, and is made again on the base that this one leaves. A commit of records waits for no
 * more than another one's last step, the catalog's answer. Only where records are committed without a pause, they wait for once: else
 * nothing would ever get in between, and it is just there that it matters. It is about time alone: whatever two commits do at the
 * same moment, the catalog lets one of them lose.
 */
final class RightOfWay {
    /** So often, one after the other, others give way. */
    static final int PATIENCE = 2;

    private static final Duration GRACE = Duration.ofSeconds(5);
    /** An attempt that takes longer looks through a table for where its keys are. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition through = lock.newCondition();
    private final Duration grace;
    private int gaveWay;

    RightOfWay() {
        this(GRACE);
    }

    /** Begins.
     *
     * @param grace so long records wait at most for what has given way too often
     */
    RightOfWay(Duration grace) {
        this.grace = grace;
    }

    /** An attempt to commit records, from when it looks at its base. */
    <T> T first(Supplier<T> attempt) {
        lock.lock();
        try {
            if (gaveWay >= PATIENCE) {
                letThrough();
            }
            return attempt.get();
        } finally {
            lock.unlock();
        }
    }

    private void letThrough() {
        try {
            long nanos = grace.toNanos();
            while (gaveWay > 0 && nanos > 0) {
                nanos = through.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gaveWay = 0;
    }

    /** The last step of another commit.
     *
     * @throws CommitFailedException if it gave way to records, whose commit is over now, or if these were faster
     */
    void yielding(Runnable step) {
        if (!lock.tryLock()) {
            whenFree(() -> gaveWay++);
            throw new CommitFailedException("A commit of records goes first");
        }
        int before = gaveWay;
        gaveWay = 0;
        try {
            step.run();
        } catch (CommitFailedException e) {
            // a whole commit of records fitted in between
            gaveWay = before + 1;
            throw e;
        } finally {
            through.signalAll();
            lock.unlock();
        }
    }

    /** Waits until no commit of records is under way. */
    void awaitFree() {
        whenFree(() -> {});
    }

    private void whenFree(Runnable what) {
        try {
            if (lock.tryLock(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    what.run();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
