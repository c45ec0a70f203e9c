package dev.firn.sink.commit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bounded pool that steps through the rounds of all tables. A table that has to wait occupies no thread. */
public final class CommitThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitThreads.class);

    private final Committer committer;
    private final Backoff backoff;
    private final ScheduledThreadPoolExecutor pool;
    private final Map<TableIdentifier, Loop> loops = new ConcurrentHashMap<>();

    public CommitThreads(Committer committer, Backoff backoff, int threads) {
        this.committer = committer;
        this.backoff = backoff;
        AtomicInteger count = new AtomicInteger();
        this.pool =
                new ScheduledThreadPoolExecutor(threads, task -> new Thread(task, "commit-" + count.incrementAndGet()));
    }

    /** Hands the window over and sees that it is committed. Any thread. */
    public void submit(Window window) {
        committer.submit(window);
        loops.computeIfAbsent(window.table(), Loop::new).wake();
    }

    /** Stops, after the attempts that run have ended or the time is up. What is not committed then is fenced by its proof. */
    public void close(Duration within) {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Commits still run after timeout={}", within);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    /** The steps of one table, never two at once. */
    private final class Loop implements Runnable {
        private final TableIdentifier table;
        private boolean scheduled;
        private int failures;

        private Loop(TableIdentifier table) {
            this.table = table;
        }

        synchronized void wake() {
            if (!scheduled) {
                scheduled = true;
                schedule(Duration.ZERO);
            }
        }

        @Override
        public void run() {
            Committer.Next next = step();
            failures = next == Committer.Next.AFTER_A_WHILE ? failures + 1 : 0;
            if (next != Committer.Next.NOTHING) {
                schedule(failures == 0 ? Duration.ZERO : backoff.wait(failures - 1));
            } else {
                rest();
            }
        }

        private Committer.Next step() {
            try {
                return committer.step(table);
            } catch (RuntimeException | Error e) {
                // the top of the thread: a defect, or no memory, which must not end the table's commits in silence
                LOG.error("A commit's step failed table={}", table, e);
                return Committer.Next.AFTER_A_WHILE;
            }
        }

        private synchronized void rest() {
            scheduled = false;
            if (committer.isBusy(table)) {
                wake();
            }
        }

        private void schedule(Duration delay) {
            try {
                var unused = pool.schedule(this, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Not continued after shutdown table={}", table);
            }
        }
    }
}
